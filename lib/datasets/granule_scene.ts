import type { Random } from "../random/mod.ts";
import type { Mineral } from "./granule_species.ts";

/** A colour: red, green, blue of 0 to 1. */
export type Color = [number, number, number];

/** What differs from image to image of the same granule. Lengths are in half image sides, with the origin in the middle. */
export type Scene = {
  /** Where the granule lies, how it is turned, its size, and how a tilt shortens it along an axis. */
  x: number;
  y: number;
  turn: number;
  scale: number;
  tilt: number;
  tiltAxis: number;
  /** The minerals' colours in this light. */
  colors: Color[];
  /** Direction from which the light comes, and how strong it is against the even light. */
  light: [number, number];
  shine: number;
  /** The ground is of two greys, on either side of a line: its direction, and its distance from the middle. */
  border: { direction: [number, number]; offset: number; greys: [Color, Color] };
  /** Discs: those behind the granule are clutter, the last may cover a part of it. */
  clutter: Disc[];
  cover: Disc | null;
  /** Deviation of the noise of each byte. */
  noise: number;
};

/** A disc of one mineral. */
export type Disc = { x: number; y: number; radius: number; color: Color };

/**
 * A random scene, drawn regardless of what is shown in it. Light changes the colours of all minerals alike, about as far as
 * common augmentations do: what no augmentation undoes would be what learning without labels learns.
 */
export function scene(random: Random): Scene {
  const angle = random.uniform(0, 2 * Math.PI), across = random.uniform(0, 2 * Math.PI);
  const place = random.uniform(0, 2 * Math.PI), distance = random.uniform(0.5, 1);
  const colors = lit(random);
  const any = () => colors[random.integer(4)];
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
      greys: [grey(random), grey(random)],
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

function grey(random: Random): Color {
  const brightness = random.uniform(0.25, 0.75);
  return [brightness, brightness, brightness];
}

/** The minerals' colours: hue in turns, how strong it is, and brightness. */
const pure: Record<Mineral, [hue: number, strength: number, brightness: number]> = {
  0: [0, 0.3, 0.5],
  1: [0.36, 0.24, 0.5],
  2: [0.62, 0.3, 0.5],
  3: [0.16, 0.26, 0.5],
};

/** The minerals in a random light: brighter or darker, more or less colourful, warmer or colder. */
function lit(random: Random): Color[] {
  const gain = random.uniform(0.55, 1.45), strength = random.uniform(0.5, 1.4);
  const shift = random.uniform(-0.09, 0.09);
  return Object.values(pure).map(([hue, chroma, brightness]) =>
    [0, 1, 2].map((c) =>
      gain *
      (brightness + strength * chroma * Math.cos(2 * Math.PI * (hue + shift - c / 3)))
    ) as Color
  );
}
