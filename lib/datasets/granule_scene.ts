import type { Random } from "../random/mod.ts";

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
  body: Color;
  /** Direction from which the light comes, and how strong it is against the even light. */
  light: [number, number];
  shine: number;
  background: Color;
  /** How the background's brightness changes along x and y, and as a wave. */
  slope: [number, number];
  wave: { x: number; y: number; phase: number; height: number };
  /** Discs: those behind the granule are clutter, the last may cover a part of it. */
  clutter: Disc[];
  cover: Disc | null;
  /** Deviation of the noise of each byte. */
  noise: number;
};

/** A disc of even colour. */
export type Disc = { x: number; y: number; radius: number; color: Color };

/** A random scene. Colours are drawn regardless of what is shown in it. */
export function scene(random: Random): Scene {
  const angle = random.uniform(0, 2 * Math.PI);
  const ground = random.uniform(0.15, 0.75);
  const step = random.uniform(0.2, 0.4);
  const up = ground - step < 0.12 || (ground + step < 0.92 && random.chance(0.7));
  const direction = random.uniform(0, 2 * Math.PI);
  const place = random.uniform(0, 2 * Math.PI), distance = random.uniform(0.45, 0.95);
  return {
    x: random.uniform(-0.14, 0.14),
    y: random.uniform(-0.14, 0.14),
    turn: random.uniform(-0.7, 0.7),
    scale: random.uniform(0.68, 0.92),
    tilt: random.uniform(0.78, 1),
    tiltAxis: random.uniform(0, Math.PI),
    body: tint(up ? ground + step : ground - step, random),
    light: [Math.cos(angle), Math.sin(angle)],
    shine: random.uniform(0.1, 0.4),
    background: tint(ground, random),
    slope: [random.uniform(-0.1, 0.1), random.uniform(-0.1, 0.1)],
    wave: {
      x: 4 * Math.cos(direction),
      y: 4 * Math.sin(direction),
      phase: random.uniform(0, 6.3),
      height: random.uniform(0, 0.08),
    },
    clutter: Array.from({ length: random.integer(5) }, () => ({
      x: random.uniform(-1, 1),
      y: random.uniform(-1, 1),
      radius: random.uniform(0.05, 0.16),
      color: tint(random.uniform(0.2, 0.8), random),
    })),
    cover: random.chance(0.35)
      ? {
        x: distance * Math.cos(place),
        y: distance * Math.sin(place),
        radius: random.uniform(0.25, 0.42),
        color: tint(random.uniform(0.2, 0.8), random),
      }
      : null,
    noise: random.uniform(1, 7),
  };
}

/** A colour of the given brightness and of random hue and (low) saturation. */
function tint(brightness: number, random: Random): Color {
  const hue = random.uniform(0, 2 * Math.PI), strength = random.uniform(0, 0.3) * brightness;
  return [0, 1, 2].map((c) => brightness + strength * Math.cos(hue + c * 2 * Math.PI / 3)) as Color;
}
