import type { Random } from "../random/mod.ts";
import type { Appendage, Family, Species, Texture } from "./granule_species.ts";

/**
 * One granule: its species and what is its own, the same in all its images. Lengths are in body units: the body lies within
 * a circle of radius 1 or so.
 */
export type Individual = {
  species: Species;
  /** Waves of the outline: amplitude and phase of harmonics 2, 3 and 4. */
  waves: [number, number][];
  /** Width to length against the species' own. */
  aspect: number;
  /** Size of the texture against the species' own, and where it begins. */
  grain: number;
  phase: number;
  /** Length of the appendages against the species' own. */
  reach: number;
  /** Spots: place, radius and how much lighter or darker they are. */
  spots: { x: number; y: number; radius: number; tone: number }[];
};

/** An individual of a species. */
export function individual(species: Species, random: Random): Individual {
  const spot = () => {
    const angle = random.uniform(0, 2 * Math.PI), distance = random.uniform(0.15, 0.6);
    return {
      x: distance * Math.cos(angle),
      y: distance * Math.sin(angle),
      radius: random.uniform(0.12, 0.2),
      tone: random.chance(0.5) ? 0.45 : -0.45,
    };
  };
  return {
    species,
    waves: [0, 1, 2].map(() => [random.uniform(0, 0.05), random.uniform(0, 2 * Math.PI)]),
    aspect: random.uniform(0.92, 1.08),
    grain: random.uniform(0.92, 1.08),
    phase: random.uniform(-0.6, 0.6),
    reach: random.uniform(0.9, 1.1),
    spots: Array.from({ length: 2 }, spot),
  };
}

/** About the distance of a point to a body's edge, negative inside; `angle` and `radius` are the point's polar coordinates. */
export type Outline = (x: number, y: number, angle: number, radius: number) => number;

/** The outline of each family, without appendages. */
const plans: Record<Family, Outline> = {
  disc: (_x, _y, _angle, radius) => radius - 0.72,
  rod: (x, y) => Math.hypot(Math.max(Math.abs(x) - 0.55, 0), y) - 0.34,
  star: (_x, _y, angle, radius) => (radius - 0.62 * (1 + 0.3 * Math.cos(5 * angle))) * 0.8,
  wedge: (_x, _y, angle, radius) => radius * Math.cos(sector(angle, 3)) - 0.42 - 0.12 * radius,
  ring: (_x, _y, _angle, radius) => Math.abs(radius - 0.55) - 0.21,
  chain: (x, y) => {
    const along = Math.abs(x);
    return Math.min(Math.hypot(along - 0.58, y) - 0.33, Math.hypot(x, y) - 0.33);
  },
};

/** The angle from the middle of the nearest of `count` equal sectors; the first is centered at 0. */
function sector(angle: number, count: number): number {
  const width = 2 * Math.PI / count;
  return angle - Math.round(angle / width) * width;
}

/** Distances of points to what grows on a body, given those to the body. */
const appendages: Record<
  Appendage,
  (body: number, angle: number, radius: number, reach: number) => number
> = {
  none: (body) => body,
  spines: (body, angle, radius, reach) =>
    Math.min(body, spike(sector(angle + Math.PI / 6, 6), radius, 0.95 * reach)),
  fringe: (body, angle, _radius, reach) => body - 0.09 * reach * Math.cos(12 * angle),
  horns: (body, angle, radius, reach) =>
    Math.min(body, spike(Math.abs(angle) - 0.55, radius, 1.15 * reach)),
};

/** A spike that tapers from the center to its length, `angle` off its axis. */
function spike(angle: number, radius: number, length: number): number {
  if (Math.abs(angle) > 1) return 1;
  const aside = Math.abs(radius * Math.sin(angle));
  return Math.max(aside - 0.16 * (1.15 - radius / length), radius - length);
}

/** The outline of an individual, with its appendages. */
export function outline({ species, waves, aspect, reach }: Individual): Outline {
  const plan = plans[species.family], grown = appendages[species.appendage];
  const [[a2, p2], [a3, p3], [a4, p4]] = waves;
  return (x, y, angle, radius) => {
    const wave = a2 * Math.cos(2 * angle + p2) + a3 * Math.cos(3 * angle + p3) +
      a4 * Math.cos(4 * angle + p4);
    return grown(plan(x, y * aspect, angle, radius) - wave, angle, radius, reach);
  };
}

/** The tone of a pattern at a point of the body, -1 to 1. */
export type Pattern = Outline;

const patterns: Record<Texture, (grain: number, phase: number) => Pattern> = {
  rings: (grain, phase) => (_x, _y, _angle, radius) => Math.cos(16 * grain * radius + phase),
  spokes: (_grain, phase) => (_x, _y, angle, radius) =>
    Math.cos(8 * angle + phase) * Math.min(1, 3 * radius),
  stripes: (grain, phase) => (x) => Math.cos(15 * grain * x + phase),
  dots: (grain, phase) => (x, y) =>
    2 * Math.max(0, Math.cos(11 * grain * x + phase) * Math.cos(11 * grain * y + phase)) - 0.6,
  core: (grain) => (_x, y, _angle, radius) =>
    1 - 2 * smooth(0.2, 0.34, radius * grain) * (1 - smooth(0.1, 0, Math.abs(y))),
};

/** The pattern of an individual. */
export function pattern({ species, grain, phase }: Individual): Pattern {
  return patterns[species.texture](grain, phase);
}

/** 0 below `low`, 1 above `high`, smooth between. */
export function smooth(low: number, high: number, x: number): number {
  const t = Math.min(1, Math.max(0, (x - low) / (high - low)));
  return t * t * (3 - 2 * t);
}
