import type { Random } from "../random/mod.ts";
import type { Family, Plan, Species } from "./granule_species.ts";

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
    phase: random.uniform(-1.8, 1.8),
    spots: Array.from({ length: 2 }, spot),
  };
}

/** About the distance of a point to a body's edge, negative inside; `angle` and `radius` are the point's polar coordinates. */
export type Outline = (x: number, y: number, angle: number, radius: number) => number;

const plans: Record<Plan, Outline> = {
  disc: (_x, _y, _angle, radius) => radius - 0.8,
  star: (_x, _y, angle, radius) => (radius - 0.74 * (1 + 0.24 * Math.cos(5 * angle))) * 0.85,
  wedge: (_x, _y, angle, radius) => radius * Math.cos(sector(angle, 3)) - 0.5 - 0.1 * radius,
  block: (x, y) => Math.hypot(Math.max(Math.abs(x) - 0.5, 0), Math.max(Math.abs(y) - 0.5, 0)) - 0.2,
};

/** The angle from the middle of the nearest of `count` equal sectors; the first is centered at 0. */
function sector(angle: number, count: number): number {
  const width = 2 * Math.PI / count;
  return angle - Math.round(angle / width) * width;
}

/** The outline of an individual. */
export function outline({ species, waves, aspect }: Individual): Outline {
  const plan = plans[species.plan];
  const [[a2, p2], [a3, p3], [a4, p4]] = waves;
  return (x, y, angle, radius) => {
    const wave = a2 * Math.cos(2 * angle + p2) + a3 * Math.cos(3 * angle + p3) +
      a4 * Math.cos(4 * angle + p4);
    return plan(x, y * aspect, angle, radius) - wave;
  };
}

/** A wave over the body, -1 to 1, whose crests are marked. */
type Wave = (x: number, y: number, angle: number, radius: number) => number;

const patterns: Record<Family, (grain: number, phase: number) => Wave> = {
  striped: (grain, phase) => (x) => Math.cos(13 * grain * x + phase),
  ringed: (grain, phase) => (_x, _y, _angle, radius) => Math.cos(15 * grain * radius + phase),
  dotted: (grain, phase) => (x, y) =>
    1.3 * Math.cos(9 * grain * x + phase) * Math.cos(9 * grain * y + phase),
  netted: (grain, phase) => (x, y) =>
    Math.max(Math.cos(10 * grain * x + phase), Math.cos(10 * grain * y + phase)) - 0.15,
  wavy: (grain, phase) => (x, y) =>
    Math.cos(13 * grain * x + 1.8 * Math.sin(7 * grain * y) + phase),
  rayed: (_grain, phase) => (_x, _y, angle) => Math.cos(9 * angle + phase),
};

/** How much lighter or darker a point of the body is, about -0.4 to 1 or the reverse; about 0 on average. */
export function pattern({ species, grain, phase }: Individual): Wave {
  const wave = patterns[species.family](grain, phase);
  const sign = species.marking === "light" ? 1 : -1;
  return (x, y, angle, radius) => sign * (1.4 * smooth(0.2, 0.7, wave(x, y, angle, radius)) - 0.4);
}

/** 0 below `low`, 1 above `high`, smooth between. */
export function smooth(low: number, high: number, x: number): number {
  const t = Math.min(1, Math.max(0, (x - low) / (high - low)));
  return t * t * (3 - 2 * t);
}
