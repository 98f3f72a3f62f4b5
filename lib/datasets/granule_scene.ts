import type { Random } from "../random/mod.ts";
import type { MineralSet } from "./granule_species.ts";

/** A color: red, green and blue from 0 to 1. */
export type Color = [red: number, green: number, blue: number];

/** How a granule lies in an image. Lengths are in half image sides, with the origin at the center. */
export type Pose = {
  /** Place of the granule, its turn and size, and how a tilt shortens it along an axis. */
  x: number;
  y: number;
  turn: number;
  scale: number;
  tilt: number;
  tiltAxis: number;
};

/** What differs between images of the same granule: its pose, the light, and what else is there. */
export type Scene = Pose & {
  /** The minerals' colors in this light. */
  colors: [Color, Color, Color, Color];
  /** Direction from which the light comes, and its strength relative to the even light. */
  light: [number, number];
  shine: number;
  /** The border of the ground's two grays: its normal, and its distance from the center. */
  border: { direction: [number, number]; offset: number; grays: [Color, Color] };
  /** Discs behind the granule, and perhaps one that covers a part of it. */
  clutter: Disc[];
  cover: Disc | null;
  /** Standard deviation of the noise of each byte. */
  noise: number;
};

/** A disc of one mineral. */
export type Disc = { x: number; y: number; radius: number; color: Color };

/**
 * A random scene, drawn regardless of what is shown in it. Light changes the colors of all minerals
 * alike, about as far as common augmentations do: otherwise learning without labels would learn
 * what no augmentation undoes.
 */
export function scene(random: Random, set: MineralSet): Scene {
  const angle = random.uniform(0, 2 * Math.PI), across = random.uniform(0, 2 * Math.PI);
  const place = random.uniform(0, 2 * Math.PI), distance = random.uniform(0.5, 1);
  const colors = lit(random, hues[set]);
  const any = (): Color => colors[random.integer(4)]!;
  return {
    x: random.uniform(-0.5, 0.5),
    y: random.uniform(-0.5, 0.5),
    turn: random.uniform(-Math.PI, Math.PI),
    scale: random.uniform(0.7, 1.15),
    tilt: random.uniform(0.8, 1),
    tiltAxis: random.uniform(0, Math.PI),
    colors,
    light: [Math.cos(angle), Math.sin(angle)],
    shine: random.uniform(0.1, 0.3),
    border: {
      direction: [Math.cos(across), Math.sin(across)],
      offset: random.uniform(-0.8, 0.8),
      grays: [gray(random), gray(random)],
    },
    clutter: Array.from({ length: random.integer(5) }, () => ({
      x: random.uniform(-1, 1),
      y: random.uniform(-1, 1),
      radius: random.uniform(0.08, 0.2),
      color: any(),
    })),
    cover: random.chance(0.35)
      ? {
        x: distance * Math.cos(place),
        y: distance * Math.sin(place),
        radius: random.uniform(0.2, 0.36),
        color: any(),
      }
      : null,
    noise: 4,
  };
}

function gray(random: Random): Color {
  const brightness = random.uniform(0.25, 0.75);
  return [brightness, brightness, brightness];
}

/** Hue in turns, chroma and brightness of a mineral. */
type Hue = readonly [hue: number, chroma: number, brightness: number];

/** The minerals of each set: the hues of the rare ones lie between those of the common ones. */
const hues: Record<MineralSet, readonly [Hue, Hue, Hue, Hue]> = {
  common: [[0, 0.3, 0.5], [0.36, 0.24, 0.5], [0.62, 0.3, 0.5], [0.16, 0.26, 0.5]],
  rare: [[0.94, 0.28, 0.5], [0.26, 0.26, 0.5], [0.5, 0.26, 0.5], [0.76, 0.3, 0.5]],
};

/** The minerals in a random light: brighter or darker, more or less colorful, warmer or colder. */
function lit(random: Random, [a, b, c, d]: readonly [Hue, Hue, Hue, Hue]): Scene["colors"] {
  const gain = random.uniform(0.55, 1.45), strength = random.uniform(0.5, 1.4);
  const shift = random.uniform(-0.09, 0.09);
  const color = ([hue, chroma, brightness]: Hue): Color => {
    const channel = (c: number) =>
      gain * (brightness + strength * chroma * Math.cos(2 * Math.PI * (hue + shift - c / 3)));
    return [channel(0), channel(1), channel(2)];
  };
  return [color(a), color(b), color(c), color(d)];
}
