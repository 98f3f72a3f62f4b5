import type { Image } from "../images/mod.ts";
import { Random } from "../random/mod.ts";
import { type Individual, individual } from "./granule_body.ts";
import { render } from "./granule_render.ts";
import { scene } from "./granule_scene.ts";
import { families, species } from "./granule_species.ts";
import type { Dataset, Sample } from "./sample.ts";

/** How many granules, and how large. */
export type GranulesOptions = {
  /** Side of the images in pixels. */
  size?: number;
  train?: number;
  test?: number;
  /** Individuals of each of the 24 species. */
  individuals?: number;
  seed?: string | number;
};

/** Changes whenever equal options give other pixels. */
const VERSION = 4;

/** Sets up to this size stay in memory once rendered; of larger ones, every image is rendered whenever it is read. */
const KEPT_BYTES = 2 ** 28;

/**
 * A procedural data set of imaginary granules with three known levels: 6 families (the two minerals of which a granule
 * consists), 24 species (how the two lie in it: either as the core of the other, in bands or in checks) and individuals
 * (small variations of the outline, and two spots), under nuisance of pose, light, occlusion and background. Colour tells
 * the family and leaves the species open: both minerals cover equal areas.
 *
 * Training and test images are other pictures of the same individuals, in equal numbers: so each level can be scored, from
 * the minerals to recognising a single granule. Every image depends on the seed and its number only.
 */
export function granules(
  { size = 64, train = 4000, test = 1000, individuals = 8, seed = 0 }: GranulesOptions = {},
): Dataset {
  const all = species.flatMap((kind, s) =>
    Array.from(
      { length: individuals },
      (_, i) => individual(kind, new Random(`granules/${seed}/${s}/${i}`)),
    )
  );
  const keep = (train + test) * size * size * 3 <= KEPT_BYTES;
  const samples = (part: string, count: number) =>
    Array.from(
      { length: count },
      (_, i) => sample(all, { part, i, size, seed, individuals, keep }),
    );
  return {
    name: "granules",
    train: samples("train", train),
    test: samples("test", test),
    classes: {
      family: [...families],
      species: species.map(({ name }) => name),
      individual: all.map(({ species }, i) => `${species.name} ${i % individuals}`),
    },
    fingerprint: `granules-${VERSION}-${size}-${train}-${test}-${individuals}-${seed}`,
  };
}

function sample(
  all: Individual[],
  { part, i, size, seed, individuals, keep }: {
    part: string;
    i: number;
    size: number;
    seed: string | number;
    individuals: number;
    keep: boolean;
  },
): Sample {
  let kept: Image | undefined;
  const which = i % all.length;
  const kind = Math.floor(which / individuals);
  return {
    id: `${part}/${i}`,
    labels: {
      family: species[kind].family,
      species: kind,
      individual: which,
    },
    read() {
      if (kept) return Promise.resolve(kept);
      const random = new Random(`granules/${seed}/${part}/${i}`);
      const image = render(all[which], { size, scene: scene(random), random });
      if (keep) kept = image;
      return Promise.resolve(image);
    },
  };
}
