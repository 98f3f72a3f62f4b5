import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { Mask } from "../images/mod.ts";
import { golden } from "../testing/goldens.ts";
import {
  boundary,
  contourAccuracy,
  contourRadius,
  dilate,
  overTime,
  regionSimilarity,
  scoreVideo,
} from "./mod.ts";

/** Compares within 1e-9, as the set's tolerances ask for numbers of the scorer. */
function near(scores: number[], expected: number[]) {
  for (const [i, score] of scores.entries()) assertAlmostEquals(score, expected[i]!, 1e-9);
}

const set = "dense/video_boundary";
const json = "video_scorer.json";

golden(set, "boundaries, their dilations, J and F are the official ones", (g) => {
  const cases = Object.entries<Record<string, number>>(g.json.boundary);
  assert(cases.length > 0);
  const read = (name: string): Mask => {
    const [height = 0, width = 0] = g.shape(name);
    return { width, height, data: Uint8Array.from(g.values(name)) };
  };
  for (const [name, { bound_th: tolerance, radius, F, J }] of cases) {
    const [annotation, result] = ["annotation", "result"].map((side) => {
      const mask = read(`boundary.${name}.${side}`);
      const ignored = g.names.includes(`boundary.${name}.void`)
        ? read(`boundary.${name}.void`)
        : undefined;
      const counted = { ...mask, data: mask.data.map((v, i) => ignored?.data[i] ? 0 : v) };
      const edge = boundary(counted);
      g.near(edge.data, `boundary.${name}.${side}_edge`);
      g.near(dilate(edge, radius!).data, `boundary.${name}.${side}_edge_dilated`);
      return { mask, ignored };
    });
    const { ignored } = annotation!;
    assertEquals(contourRadius(result!.mask, tolerance!), radius, name);
    const scores = [
      regionSimilarity(annotation!.mask, result!.mask, ignored),
      contourAccuracy(annotation!.mask, result!.mask, { tolerance, ignored }),
    ];
    near(scores, [J!, F!]);
  }
}, { json });

golden(set, "mean, recall and decay of scores over frames are the official ones", (g) => {
  assert(g.json.statistics.length > 0);
  for (const { values, ...expected } of g.json.statistics) {
    const { mean, recall, decay } = overTime(values);
    near([mean, recall, decay], [expected.mean, expected.recall, expected.decay]);
  }
}, { json });

const square = (left: number, label = 1): Mask => ({
  width: 12,
  height: 9,
  data: Uint8Array.from(
    { length: 108 },
    (_, i) => i % 12 >= left && i % 12 < left + 4 && i > 24 && i < 72 ? label : 0,
  ),
});

Deno.test("a mask fits itself, and one that is nowhere near does not", () => {
  const [here, there] = [square(1), square(8)];
  assertEquals([regionSimilarity(here, here), contourAccuracy(here, here)], [1, 1]);
  assertEquals([regionSimilarity(here, there), contourAccuracy(here, there)], [0, 0]);
});

Deno.test("an object that is missing counts as an empty mask, and one too many is refused", () => {
  const both = { ...square(1), data: square(1).data.map((v, i) => v || square(8, 2).data[i]!) };
  const [first, second] = scoreVideo(Array(4).fill(both), Array(4).fill(square(1)));
  assertEquals([first?.J.mean, first?.F.mean, second?.J.mean, second?.F.mean], [1, 1, 0, 0]);
  assertThrows(
    () => scoreVideo(Array(4).fill(square(1)), Array(4).fill(both)),
    RangeError,
    "Cannot score masks of 2 objects: the first annotation has 1",
  );
});

Deno.test("masks of different sizes, and videos of different lengths, are refused", () => {
  const small = { width: 2, height: 1, data: new Uint8Array(2) };
  assertThrows(
    () => regionSimilarity(square(1), small),
    RangeError,
    "Cannot compare a mask of 12 x 9 pixels with one of 2 x 1",
  );
  assertThrows(
    () => contourAccuracy(small, { ...small, data: new Uint8Array(3) }),
    RangeError,
    "from 3 bytes",
  );
  assertThrows(() => scoreVideo(Array(3).fill(small), Array(4).fill(small)), RangeError, "4");
});
