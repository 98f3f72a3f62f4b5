import type { Random } from "../random/mod.ts";
import type { Arrangement, Species } from "./granule_species.ts";

/**
 * One granule: its species and its own features, the same in all its images. Lengths are in body
 * units: the body lies within a circle of radius of about 1.
 */
export type Individual = {
  species: Species;
  /** Waves of the outline: amplitude and phase of harmonics 2, 3 and 4. */
  waves: [Wave, Wave, Wave];
  /** Ratio of width to length. */
  aspect: number;
  /** Size of a core relative to the body. */
  core: number;
  /** Spots: place, radius, and how much lighter or darker they are. */
  spots: { x: number; y: number; radius: number; tone: number }[];
};

type Wave = [amplitude: number, phase: number];

/** A random individual of a species. */
export function individual(species: Species, random: Random): Individual {
  const wave = (): Wave => [random.uniform(0, 0.06), random.uniform(0, 2 * Math.PI)];
  const spot = () => {
    const angle = random.uniform(0, 2 * Math.PI), distance = random.uniform(0.15, 0.65);
    return {
      x: distance * Math.cos(angle),
      y: distance * Math.sin(angle),
      radius: random.uniform(0.1, 0.16),
      tone: random.chance(0.5) ? 0.45 : -0.45,
    };
  };
  return {
    species,
    waves: [wave(), wave(), wave()],
    aspect: random.uniform(0.88, 1.14),
    core: random.uniform(0.69, 0.72),
    spots: Array.from({ length: 2 }, spot),
  };
}

/** Approximate distance of a point in direction `angle` to an edge, negative inside. */
export type Outline = (x: number, y: number, angle: number) => number;

/** The outline of an individual. */
export function outline({ waves, aspect }: Individual): Outline {
  const [[a2, p2], [a3, p3], [a4, p4]] = waves;
  return (x, y, angle) => {
    const wave = a2 * Math.cos(2 * angle + p2) + a3 * Math.cos(3 * angle + p3) +
      a4 * Math.cos(4 * angle + p4);
    return Math.hypot(x, y * aspect) - 0.8 - wave;
  };
}

/** Width of a band and its neighbor. */
const wavelength = 0.55;

/** Pairs of sectors: no wave of the outline has this harmonic, so that both minerals stay equal. */
const sectors = 5;

/** The boundary between the minerals of an individual of outline `edge`: the first is inside. */
export function boundary(granule: Individual, edge: Outline): Outline {
  const { aspect, core, species } = granule;
  const swing = (x: number) => Math.sin(2 * Math.PI * x / wavelength);
  const width = wavelength / (2 * Math.PI);
  const boundaries: Record<Arrangement, Outline> = {
    // The core has the body's outline, scaled down.
    core: (x, y, angle) => edge(x / core, y / core, angle) * core,
    bands: (x) => swing(x) * width,
    checks: (x, y) => swing(x) * swing(y) * width,
    halves: (_, y) => y,
    // Four rings of the body's outline and of equal areas.
    rings: (x, y, angle) => {
      const distance = Math.hypot(x, y * aspect);
      const part = (distance / (distance - edge(x, y, angle))) ** 2;
      return Math.sin(4 * Math.PI * part) * distance / (8 * Math.PI * Math.max(part, 0.01));
    },
    sectors: (x, y, angle) => Math.sin(sectors * angle) * Math.hypot(x, y) / sectors,
    // An arm of each mineral, which turns once around within a wavelength.
    spiral: (x, y, angle) => {
      const distance = Math.hypot(x, y);
      const slope = Math.hypot(1 / width, 1 / Math.max(distance, 0.01));
      return Math.sin(angle + distance / width) / slope;
    },
  };
  return boundaries[species.arrangement];
}

/** 0 below `low`, 1 above `high`, smooth between. */
export function smooth(low: number, high: number, x: number): number {
  const t = Math.min(1, Math.max(0, (x - low) / (high - low)));
  return t * t * (3 - 2 * t);
}
