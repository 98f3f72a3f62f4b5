import type { Mask } from "../images/mod.ts";
import { type CocoAnnotation, encodeRle, rleArea } from "../metrics/mod.ts";
import type { CocoSample, CocoSet } from "./coco.ts";
import type { GranuleScenes, SceneSample } from "./granule_scenes.ts";

/**
 * Scenes of granules as images with objects, in the form of COCO: each is drawn once for its
 * annotations.
 */
export async function cocoScenes(scenes: GranuleScenes): Promise<CocoSet> {
  const [, ...names] = scenes.classes; // the first one is the ground
  const part = (samples: readonly SceneSample[], first: number) =>
    Promise.all(samples.map((sample, i) => asCoco(sample, first + i)));
  return {
    name: scenes.name,
    train: await part(scenes.train, 0),
    test: await part(scenes.test, scenes.train.length),
    categories: names.map((name, label) => ({ id: label + 1, name })),
    fingerprint: scenes.fingerprint,
    notes: [],
  };
}

async function asCoco({ id, read, objects }: SceneSample, image: number): Promise<CocoSample> {
  const marked = await objects();
  const { width, height } = marked[0]?.mask ?? await read();
  return {
    ...{ id, image, width, height, read },
    annotations: marked.map(({ label, box: [left, top, right, bottom], mask }, i) => ({
      id: image * 1000 + i + 1,
      image_id: image,
      category_id: label + 1,
      bbox: [left, top, right - left, bottom - top],
      iscrowd: 0,
      ...shapeOf(mask),
    })),
  };
}

function shapeOf(mask: Mask): Pick<CocoAnnotation, "area" | "segmentation"> {
  const rle = encodeRle(mask);
  return {
    area: rleArea(rle),
    segmentation: { size: [mask.height, mask.width], counts: rle.counts },
  };
}
