import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { Mask } from "../../images/mod.ts";
import { whereDataset } from "../../testing/datasets.ts";
import { type Golden, golden } from "../../testing/goldens.ts";
import {
  annotated,
  areaRanges,
  type Box,
  type CocoDetection,
  cocoGroup,
  cocoScores,
  type CocoTruth,
  decodeRle,
  detected,
  encodeRle,
  iouThresholds,
  maskIou,
  matchObjects,
  mergeRle,
  polygonRle,
  rleArea,
  rleBox,
  rleFromText,
  rleToText,
  segmentationRle,
} from "./mod.ts";

const set = "dense/coco";
const files = "coco.safetensors";

type RecordedMask = {
  size: [number, number];
  counts: string;
  counts_uncompressed: number[];
  polygons: number[][];
  area: number;
  bbox: Box;
};

function maskIn(g: Golden, name: string): Mask {
  const [height = 0, width = 0] = g.shape(name);
  return { width, height, data: Uint8Array.from(g.values(name)) };
}

golden(set, "masks become the official runs, texts, areas and boxes, and come back", (g) => {
  const records: RecordedMask[] = g.json.rle;
  assert(records.length > 0);
  for (const [i, record] of records.entries()) {
    const mask = maskIn(g, `rle.${i}`);
    const rle = encodeRle(mask);
    if (record.counts_uncompressed) assertEquals(rle.counts, record.counts_uncompressed);
    assertEquals(rleToText(rle), record.counts);
    assertEquals(rleFromText(record.counts, rle), rle);
    assertEquals(decodeRle(rle), mask);
    assertEquals([rleArea(rle), rleBox(rle)], [record.area, record.bbox]);
  }
}, { files });

golden(set, "masks overlap and merge as officially", (g) => {
  const { crowd, iou }: { crowd: number[]; iou: number[][] } = g.json.rle_iou;
  const masks = crowd.map((_, i) => encodeRle(maskIn(g, `rle.${i}`)));
  for (const [d, row] of iou.entries()) {
    for (const [t, expected] of row.entries()) {
      assertAlmostEquals(maskIou(masks[d]!, masks[t]!, crowd[t] === 1), expected, 1e-12);
    }
  }
  for (const [name, text] of Object.entries<string>(g.json.rle_merge)) {
    const [, kind, first, last] = /^(union|intersection)_(\d+)_(\d+)$/.exec(name)!;
    const pair = [masks[Number(first)]!, masks[Number(last)]!];
    assertEquals(rleToText(mergeRle(pair, kind === "union" ? "any" : "all")), text, name);
  }
}, { files });

golden(set, "polygons are drawn as officially", (g) => {
  const records: RecordedMask[] = g.json.polygons;
  assert(records.length > 0);
  for (const [i, { size: [height, width], polygons, counts, area, bbox }] of records.entries()) {
    const rle = mergeRle(polygons.map((p) => polygonRle(p, { width, height })), "any");
    assertEquals(rleToText(rle), counts);
    assertEquals([rleArea(rle), rleBox(rle)], [area, bbox]);
    g.near(decodeRle(rle).data, `polygon.${i}`);
  }
}, { files });

whereDataset("voc-coco-mini", (folder) => {
  golden(set, "the polygons of a file are drawn as officially", async (g) => {
    const text = await Deno.readTextFile(`${folder}/data_dataset_coco/annotations.json`);
    const { annotations }: CocoTruth = JSON.parse(text);
    for (const record of g.json.voc_coco_mini) {
      if (record.scale !== 1) continue;
      const [height, width] = record.size;
      const { segmentation } = annotations[record.annotation]!;
      const rle = segmentationRle(segmentation!, { width, height });
      assertEquals([rleArea(rle), rleBox(rle)], [record.area, record.bbox]);
      const counts = rleToText(rle);
      assertEquals([counts.length, counts.slice(0, 40)], [
        record.counts_length,
        record.counts_first40,
      ]);
    }
  }, { files });
});

type RecordedScores = {
  type: "bbox" | "segm";
  overrides: { useCats?: number };
  stats: Record<string, number>;
  AP_per_category: number[];
};

type File = { ground_truth: CocoTruth; detections: CocoDetection[] };

/** The annotations and detections of a case, as the set's note says. */
async function inputsOf(g: Golden, name: string): Promise<File> {
  const file = name.startsWith("more_than_100") ? "coco_more_than_100" : "coco_main";
  const { ground_truth, detections }: File = JSON.parse(
    await Deno.readTextFile(`${g.folder}/${file}.json`),
  );
  if (name.startsWith("perfect")) {
    const objects = ground_truth.annotations.filter(({ iscrowd }) => iscrowd !== 1);
    return { ground_truth, detections: objects.map((object) => ({ ...object, score: 0.9 })) };
  }
  const equal = name.startsWith("all_scores_equal");
  return { ground_truth, detections: detections.map((d) => equal ? { ...d, score: 0.5 } : d) };
}

golden(set, "average precision and recall are the official ones", async (g) => {
  const cases = Object.entries<RecordedScores>(g.json.ap);
  assert(cases.length > 0);
  for (const [name, { type, overrides, stats, AP_per_category: perCategory }] of cases) {
    const { ground_truth, detections } = await inputsOf(g, name);
    const scores = cocoScores(ground_truth, detections, {
      kind: type,
      categories: overrides.useCats !== 0,
    });
    const near = (actual: number, expected: number, what: string) =>
      assertAlmostEquals(actual, expected, 1e-9, `${name}: ${what}`);
    for (const [key, value] of Object.entries<number>(scores.statistics)) {
      near(value, stats[key]!, key);
    }
    for (const [i, value] of scores.perCategory.entries()) near(value, perCategory[i]!, `${i}`);
    if (!g.names.includes(`ap.${name}.recall`)) continue;
    g.near(scores.precision.flat(2), `ap.${name}.precision_all_areas`);
    g.near(scores.recall.flat(3), `ap.${name}.recall`);
  }
}, { files });

golden(set, "detections get the official annotations", async (g) => {
  const { ground_truth, detections } = await inputsOf(g, "main_bbox");
  const sizes = new Map(ground_truth.images.map((image) => [image.id, image]));
  const found = detections.map((d, i) =>
    detected(d, "bbox", { id: i + 1, size: sizes.get(d.image_id)! })
  );
  const marked = ground_truth.annotations.map((a) => annotated(a, "bbox", sizes.get(a.image_id)!));
  assert(g.json.matches_bbox_all_areas.length > 0);
  for (const record of g.json.matches_bbox_all_areas) {
    const here = <T extends { image: number; category: number }>(objects: T[]) =>
      objects.filter((o) => o.image === record.image && o.category === record.category);
    const result = matchObjects(cocoGroup(here(found), here(marked)), {
      range: areaRanges.all,
      most: 100,
    });
    const [at50, at75] = [0.5, 0.75].map((threshold) => iouThresholds.indexOf(threshold));
    assertEquals({
      dtIds: result.detections.map(({ id }) => id),
      gtIds: result.annotations.map(({ id }) => id),
      dtMatches_50: result.matches[at50!],
      dtMatches_75: result.matches[at75!],
      dtIgnore_50: result.ignored[at50!]!.map(Number),
      gtIgnore: result.annotationIgnored.map(Number),
    }, (({ image: _, category: __, ...rest }) => rest)(record));
  }
}, { files });
