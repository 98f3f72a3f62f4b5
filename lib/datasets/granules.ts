import type { Image } from "../images/mod.ts";
import { Random } from "../random/mod.ts";
import { displayedDataset } from "./displayed_dataset.ts";
import { individual } from "./granule_body.ts";
import { render } from "./granule_render.ts";
import { scene } from "./granule_scene.ts";
import { checkMinerals, familiesOf, type MineralSet, speciesOf } from "./granule_species.ts";
import type { Dataset, Sample } from "./sample.ts";

/** Number and size of the images. */
export type GranulesOptions = {
  /** Side of an image in pixels; 64 by default. */
  size?: number;
  /** Images to learn from; 4000 by default. */
  train?: number;
  /** Images to be scored on; 1000 by default. */
  test?: number;
  /** Individuals of each of the 24 species; 8 by default. */
  individuals?: number;
  /** Another seed gives other individuals and images. */
  seed?: string | number;
  /** The `rare` minerals have other colors and patterns than the `common` ones, the default. */
  minerals?: MineralSet;
};

/** Grows whenever equal options give other pixels. */
const VERSION = 4;

/** Beyond these a set would fill the memory before an image is drawn. */
const MOST = { size: 4096, train: 1e7, test: 1e7, individuals: 1e5 } as const;

/**
 * Images of sets up to this size stay in memory; those of larger sets are rendered at each read.
 */
const KEPT_BYTES = 2 ** 28;

/**
 * A procedural data set of imaginary granules with three levels: 6 families (the two minerals of a
 * granule), 24 species (their arrangement: either as the core of the other, in bands or in checks)
 * and individuals (small variations of the outline, and two spots), under varying pose, light,
 * occlusion and background. Color tells the family and leaves the species open, as both minerals
 * cover equal areas. Of the rare minerals the levels are as many: their species are halved, ringed,
 * sectored or spiral, so that nothing learned from the common ones is among them.
 *
 * Training and test images show the same individuals in equal numbers: so each level can be scored,
 * from the minerals to recognizing a single granule. An image depends on the seed and its number
 * only.
 *
 * @throws {RangeError} If a number is out of its bounds.
 */
export function granules(
  { size = 64, train = 4000, test = 1000, individuals = 8, seed = 0, minerals = "common" }:
    GranulesOptions = {},
): Dataset {
  for (const [name, count] of Object.entries({ size, train, individuals })) {
    if (Number.isInteger(count) && count >= 1) continue;
    throw new RangeError(`\`${name}\` takes an integer from 1, not ${count}`);
  }
  if (!Number.isInteger(test) || test < 0) {
    throw new RangeError(`\`test\` takes an integer from 0, not ${test}`);
  }
  for (const [name, count] of Object.entries({ size, train, test, individuals })) {
    const most = MOST[name as keyof typeof MOST];
    if (count <= most) continue;
    throw new RangeError(`\`${name}\` takes an integer up to ${most}, not ${count}`);
  }
  checkMinerals(minerals);
  const species = speciesOf(minerals);
  const name = minerals === "common" ? "granules" : "granules of rare minerals";
  const all = species.flatMap((kind, s) =>
    Array.from(
      { length: individuals },
      (_, i) => individual(kind, new Random(`${name}/${seed}/${s}/${i}`)),
    )
  );
  const keep = (train + test) * size * size * 3 <= KEPT_BYTES;
  const sample = (id: string, index: number): Sample => {
    const granule = all[index]!;
    const draw = () => {
      const random = new Random(`${name}/${seed}/${id}`);
      return render(granule, { size, scene: scene(random, minerals), random });
    };
    return {
      id,
      labels: {
        family: granule.species.family,
        species: Math.floor(index / individuals),
        individual: index,
      },
      read: keep ? once(draw) : () => Promise.resolve(draw()),
    };
  };
  const samples = (part: string, count: number) =>
    Array.from({ length: count }, (_, i) => sample(`${part}/${i}`, i % all.length));
  return displayedDataset({
    name,
    train: samples("train", train),
    test: samples("test", test),
    classes: {
      family: familiesOf(minerals),
      species: species.map(({ name }) => name),
      individual: all.map(({ species }, i) => `${species.name} ${i % individuals}`),
    },
    fingerprint: `granules-${VERSION}-${size}-${train}-${test}-${individuals}-${seed}` +
      (minerals === "common" ? "" : `-${minerals}`),
  });
}

/** A reader of an image that is drawn at the first read and stays in memory. */
function once(draw: () => Image): () => Promise<Image> {
  let image: Image | undefined;
  return () => Promise.resolve(image ??= draw());
}
