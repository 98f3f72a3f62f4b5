import type { Image, Mask } from "../images/mod.ts";
import { Random } from "../random/mod.ts";
import { individual } from "./granule_body.ts";
import { type Body, renderBodies } from "./granule_render.ts";
import { checkInteger } from "./check_integer.ts";
import { poses } from "./granule_poses.ts";
import { scene } from "./granule_scene.ts";
import { checkMinerals, familiesOf, type MineralSet, speciesOf } from "./granule_species.ts";
import type { LabeledSample, LabeledSet } from "./labeled_set.ts";

/** Number and size of the images. */
export type GranuleScenesOptions = {
  /** Side of an image in pixels; 96 by default. */
  size?: number;
  /** Images to learn from; 1000 by default. */
  train?: number;
  /** Images to be scored on; 250 by default. */
  test?: number;
  /** The least and the most granules of an image; from 2 to 4 by default. */
  granules?: readonly [least: number, most: number];
  /** What a class is: a family of two minerals, or a species, which is their arrangement, too. */
  level?: "family" | "species";
  /** Another seed gives other individuals and images. */
  seed?: string | number;
  minerals?: MineralSet;
};

/** A granule in an image. */
export type SceneObject = {
  /** Its class, from 0; in the maps of classes, where 0 is the ground, it is one more. */
  label: number;
  /** The smallest box around what is seen of it, in pixels. */
  box: [left: number, top: number, right: number, bottom: number];
  /** 1 where it is seen. */
  mask: Mask;
};

/** An image of some granules, with the class of each pixel and with each granule. */
export type SceneSample = LabeledSample & { objects(): Promise<SceneObject[]> };

/** Images of some granules each; the first class of their pixels is the ground. */
export type GranuleScenes = Omit<LabeledSet, "train" | "test"> & {
  train: SceneSample[];
  test: SceneSample[];
};

/** Grows whenever equal options give other pixels. */
const VERSION = 1;

/** More granules than these cannot lie apart. */
const MOST_GRANULES = 6;

/** A class needs its individuals, so that not only these are learned by heart. */
const individuals = 8;

/**
 * A procedural data set for dense tasks: images of some imaginary granules (see
 * {@linkcode granules}) beside each other, with boxes, masks and maps of classes. The color of a
 * pixel tells its mineral, but each mineral is part of three families: its class can only be told
 * with what lies around it. An image depends on the seed and its number only.
 *
 * @throws {RangeError} If a number is out of its bounds.
 */
export function granuleScenes(
  {
    size = 96,
    train = 1000,
    test = 250,
    granules: range = [2, 4],
    level = "family",
    seed = 0,
    minerals = "common",
  }: GranuleScenesOptions = {},
): GranuleScenes {
  checkInteger("size", size, [16, 4096]);
  checkInteger("train", train, [0, 1e7]);
  checkInteger("test", test, [0, 1e7]);
  checkInteger("granules", range[0], [0, MOST_GRANULES]);
  checkInteger("granules", range[1], [Math.max(1, range[0]), MOST_GRANULES]);
  checkMinerals(minerals);
  const species = speciesOf(minerals);
  const root = `granule scenes/${minerals}/${seed}`;
  const all = species.flatMap((kind, s) =>
    Array.from(
      { length: individuals },
      (_, i) => individual(kind, new Random(`${root}/${s}/${i}`)),
    )
  );
  const draw = (id: string): Drawn => {
    const random = new Random(`${root}/${id}`);
    const count = range[0] + random.integer(range[1] - range[0] + 1);
    const bodies = poses(random, count).map((pose): Body => ({
      granule: all[random.integer(all.length)]!,
      pose,
    }));
    const surroundings = { ...scene(random, minerals), cover: null };
    const labels = bodies.map(({ granule }) =>
      level === "family" ? granule.species.family : species.indexOf(granule.species)
    );
    return { ...renderBodies(bodies, { size, scene: surroundings, random }), labels };
  };
  const samples = (part: string, count: number) =>
    Array.from({ length: count }, (_, i) => sample(`${part}/${i}`, { draw, size }));
  const names = level === "family" ? familiesOf(minerals) : species.map(({ name }) => name);
  return {
    name: minerals === "common" ? "granule scenes" : "granule scenes of rare minerals",
    train: samples("train", train),
    test: samples("test", test),
    classes: ["ground", ...names],
    fingerprint: `granule-scenes-${VERSION}-${size}-${train}-${test}-${range.join("-")}-` +
      `${level}-${seed}-${minerals}`,
  };
}

/** An image, the granule that is seen at each pixel, from 1, and the class of each granule. */
type Drawn = { image: Image; owners: Uint8Array; labels: number[] };

/** A sample that is drawn at each read, which takes less time than a file would. */
function sample(
  id: string,
  { draw, size }: { draw: (id: string) => Drawn; size: number },
): SceneSample {
  const maskOf = (label: (owner: number) => number, owners: Uint8Array): Mask => ({
    ...{ width: size, height: size },
    data: owners.map(label),
  });
  return {
    id,
    read: () => Promise.resolve(draw(id).image),
    mask() {
      const { owners, labels } = draw(id);
      return Promise.resolve(maskOf((owner) => owner && labels[owner - 1]! + 1, owners));
    },
    objects() {
      const { owners, labels } = draw(id);
      const objects = labels.map((label, i) => {
        const mask = maskOf((owner) => owner === i + 1 ? 1 : 0, owners);
        return { label, box: boxOf(mask), mask };
      });
      return Promise.resolve(objects);
    },
  };
}

/** The smallest box around a mask, which is not empty. */
function boxOf({ width, data }: Mask): SceneObject["box"] {
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
  for (const [i, value] of data.entries()) {
    if (!value) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + 1), Math.max(bottom, y + 1)];
  }
  return [left, top, right, bottom];
}
