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

/**
 * A random scene, drawn regardless of what is shown in it. What tells one image from another should be the granule, or
 * learning without labels would learn the rest: so light and colour vary no more than common augmentations do, and all
 * things have the colours of stone.
 */
export function scene(random: Random): Scene {
  const angle = random.uniform(0, 2 * Math.PI);
  const body = random.uniform(0.46, 0.62);
  const ground = random.chance(0.5)
    ? body - random.uniform(0.2, 0.3)
    : body + random.uniform(0.2, 0.3);
  const direction = random.uniform(0, 2 * Math.PI);
  const place = random.uniform(0, 2 * Math.PI), distance = random.uniform(0.5, 1);
  return {
    x: random.uniform(-0.28, 0.28),
    y: random.uniform(-0.28, 0.28),
    turn: random.uniform(-0.5, 0.5),
    scale: random.uniform(0.85, 1.3),
    tilt: random.uniform(0.8, 1),
    tiltAxis: random.uniform(0, Math.PI),
    body: stone(body, random),
    light: [Math.cos(angle), Math.sin(angle)],
    shine: random.uniform(0.1, 0.3),
    background: stone(ground, random),
    slope: [random.uniform(-0.08, 0.08), random.uniform(-0.08, 0.08)],
    wave: {
      x: 4 * Math.cos(direction),
      y: 4 * Math.sin(direction),
      phase: random.uniform(0, 6.3),
      height: random.uniform(0, 0.05),
    },
    clutter: Array.from({ length: random.integer(4) }, () => ({
      x: random.uniform(-1, 1),
      y: random.uniform(-1, 1),
      radius: random.uniform(0.05, 0.12),
      color: stone(random.uniform(0.25, 0.75), random),
    })),
    cover: random.chance(0.35)
      ? {
        x: distance * Math.cos(place),
        y: distance * Math.sin(place),
        radius: random.uniform(0.25, 0.4),
        color: stone(random.uniform(0.3, 0.7), random),
      }
      : null,
    noise: 4,
  };
}

/** A grey of the given brightness with a touch of a random hue. */
function stone(brightness: number, random: Random): Color {
  const hue = random.uniform(0, 2 * Math.PI), strength = random.uniform(0, 0.06) * brightness;
  return [0, 1, 2].map((c) => brightness + strength * Math.cos(hue + c * 2 * Math.PI / 3)) as Color;
}
