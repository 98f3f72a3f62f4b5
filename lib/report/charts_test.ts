import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { imagenet } from "../paper/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { studyRow } from "../testing/study_rows.ts";
import { accuracyAgainstParameters } from "./accuracy_against_parameters.ts";
import { accuracyLines } from "./accuracy_lines.ts";
import { budgetCurves } from "./budget_curves.ts";
import { classifierCurves } from "./classifier_curves.ts";
import { collapseMeters } from "./collapse_meters.ts";
import { combinationPanels } from "./combination_panels.ts";
import { comparisonTable } from "./comparison_table.ts";
import { confusionMatrix } from "./confusion_matrix.ts";
import { granularityBars } from "./granularity_bars.ts";
import { healthPanel } from "./health_panel.ts";
import { knnAccuracy } from "./knn_accuracy.ts";
import { linearCurves } from "./linear_curves.ts";
import { lossCurves, lossRemark } from "./loss_curves.ts";
import { detectionCurves } from "./detection_curves.ts";
import { segmentationCurves } from "./segmentation_curves.ts";
import { protocolBars } from "./protocol_bars.ts";
import { svg } from "./render/picture.ts";
import { type Figure, titleOf } from "./specification.ts";
import { combinationNames } from "./study_scores.ts";
import { paper } from "./theme.ts";
import { weightTriangle } from "./weight_triangle.ts";

const metrics = Array.from({ length: 5000 }, (_, i) => ({
  epoch: i / 100,
  instance: 7 - i / 1000,
  localGroup: 7.5 - i / 1000,
  group: 6,
  spread: 0.7,
  targetEntropy: 3,
  prototypeEntropy: Math.log(64),
}));
const classifier = Array.from({ length: 40 }, (_, i) => ({
  ...{ step: i + 1, steps: 40, epoch: (i + 1) / 10, total: 3 - i / 20 },
  ...i % 10 === 9 && { top1: i, top5: 2 * i, testLoss: 3 },
}));
const segmenter = Array.from({ length: 40 }, (_, i) => ({
  ...{ step: i + 1, steps: 40, epoch: (i + 1) / 10, total: 3 - i / 20 },
  ...i % 10 === 9 && { mIoU: i, mAcc: 1.5 * i, aAcc: 2 * i },
}));
const detector = Array.from({ length: 40 }, (_, i) => ({
  ...{ step: i + 1, steps: 40, epoch: (i + 1) / 10, total: 6 - i / 10 },
  ...i % 20 === 19 && { boxAP: i, maskAP: i / 2 },
}));
const measured = [0, 1].map((seed) => ({
  ...{ method: "Mugs", arch: "ViT", epochs: 3, setting: null, column: "rare", data: "granules" },
  ...{ value: 40 + 4 * seed, seed },
}));
const point = { method: "Mugs", arch: "ViT", parameters: 0.8, linear: 54.4, data: "granules" };
const studied = [0, 1].flatMap((seed) =>
  ["untrained", ...combinationNames].map((method, i) =>
    studyRow({ method, seed, top1: 20 + i + seed })
  )
);
const longer = [2, 4].map((budget) => studyRow({ method: "LGDS", budget, top1: 30 + budget }));
const between = [[3, 1, 0], [0, 1, 3], [2, 1, 1]].map((weights, i) =>
  studyRow({ method: `weights ${weights.join(" : ")}`, top1: 10 + i })
);
const figures: Record<string, Figure> = {
  budgetCurves: budgetCurves([...studied, ...longer], { level: "species" }),
  combinationPanels: combinationPanels(studied),
  lossCurves: lossCurves(metrics),
  healthPanel: healthPanel(metrics, { purity: [{ epoch: 1, neighborPurity: 40 }] }),
  collapseMeters: collapseMeters([{ method: "Mugs", metrics }]),
  knnAccuracy: knnAccuracy([{ k: 10, temperature: 0.07, top1: 50 }]),
  confusionMatrix: confusionMatrix([0, 1, 1], [0, 1, 0], { classes: ["cat", "dog"] }),
  granularityBars: granularityBars([{ method: "IDS", level: "species", scores: [40, 44] }]),
  accuracyAgainstParameters: accuracyAgainstParameters(imagenet, [point]),
  accuracyLines: accuracyLines([{ method: "Mugs", x: 1, top1: 40 }]),
  classifierCurves: classifierCurves(classifier),
  linearCurves: linearCurves([[{ top1: 40 }, { top1: 50 }]], [0.1, 1]),
  segmentationCurves: segmentationCurves(segmenter),
  detectionCurves: detectionCurves(detector),
  protocolBars: protocolBars(measured, { chance: { rare: 4.2 } }),
};

/** The axes of a figure by name. */
function axes({ layout }: Figure): [string, { title: { text: string } }][] {
  return Object.entries(layout).filter(([name]) => /^[xy]axis/.test(name)) as ReturnType<
    typeof axes
  >;
}

for (const [name, figure] of Object.entries(figures)) {
  Deno.test(`${name}() titles the figure and every axis`, () => {
    assert((figure.layout.title as { text: string }).text.length > 5);
    assert(axes(figure).length >= 2);
    for (const [axis, { title }] of axes(figure)) assert(title.text.length > 0, axis);
  });

  Deno.test(`${name}() has the opaque paper of the theme and is plain data`, () => {
    assertEquals(figure.layout.paper_bgcolor, paper);
    assertEquals(structuredClone(figure), figure);
    assert(JSON.stringify(figure).length < 20_000);
  });
}

permittedTest("every chart is drawn without a browser, with its title and its axes", [
  "read",
  "env",
], async () => {
  for (const [name, figure] of Object.entries(figures)) {
    const source = await svg(figure);
    const { text } = figure.layout.title as { text: string };
    for (const words of [text, ...axes(figure).map(([, { title }]) => title.text)]) {
      assertStringIncludes(source.replaceAll("&apos;", "'"), words, name);
    }
    assert(!/NaN|Infinity/.test(source), name);
  }
});

permittedTest("weightTriangle() is drawn, or says that the weights are not measured", [
  "read",
  "env",
], async () => {
  assert(String(weightTriangle(studied, { level: "species" })).includes("7 of 16 points"));
  const figure = weightTriangle([...studied, ...between], { level: "species" }) as Figure;
  const [trace] = figure.data;
  assertEquals((trace!.a as number[]).slice(-3), [0.75, 0, 0.5]);
  assertEquals((trace!.text as string[]).slice(0, 2), ["21.5", "22.5"]); // means over two seeds
  const source = await svg(figure);
  for (const name of ["IDS", "LGDS", "GDS"]) assertStringIncludes(source, `share of ${name}`);
});

Deno.test("budgetCurves() has a point for each budget, over images and over time", () => {
  const { data, layout } = figures.budgetCurves!;
  const lines = data.filter(({ name }) => name === "LGDS");
  assertEquals(lines.map(({ x }) => x), [[15872, 31744, 63488], [60, 120, 240]]);
  assertEquals(lines[0]!.y, [22.5, 32, 34]);
  // Two seeds one point apart: half a point of standard error, times 12.706.
  assertEquals((lines[0]!.error_y as { array: number[] }).array, [6.35, 0, 0]);
  assertEquals((layout.shapes as { y0: number }[]).map(({ y0 }) => y0), [20.5, 20.5]);
  assertThrows(() => budgetCurves([], { level: "species" }), RangeError, "0 rows");
});

Deno.test("budgetCurves() has ticks within its axes where there is one budget", () => {
  const { layout } = budgetCurves(studied, { level: "species" });
  for (const { tickvals, range } of [layout.xaxis1, layout.xaxis2] as Ticks[]) {
    const [first, last] = range.map((power) => 10 ** power);
    assert(tickvals.length > 0);
    assert(tickvals.every((tick) => first! < tick && tick < last!));
  }
});

type Ticks = { tickvals: number[]; range: number[] };

Deno.test("combinationPanels() has a panel for each protocol, and all read-outs in it", () => {
  const { data, layout } = figures.combinationPanels!;
  const headings = (layout.annotations as { text: string }[]).map(({ text }) => text);
  assertEquals(headings, [
    "<b>species, linear probe</b>",
    "<b>species, k-NN</b>",
    "<b>the other view, retrieval</b>",
    "<b>species, rare minerals, k-NN</b>",
  ]);
  assertEquals(data.length, 4 * (8 + 2));
  for (const { x, mode } of data) assertEquals((x as number[]).length, mode === "lines" ? 0 : 3);
  const plain = studyRow({ method: "raw pixels", top1: 25 });
  const scores = plain.scores.slice(0, 2).map((score) => ({ ...score, readOut: "raw pixels" }));
  const lines = combinationPanels([...studied, { ...plain, part: "baselines", scores }]).data
    .filter(({ name }) => name === "raw pixels");
  assertEquals(lines.map(({ y }) => y), [[25, 25], [25, 25], [], []]);
});

Deno.test("lossCurves() says how far an unfinished run is, and how long it still takes", () => {
  const at = (numbers: Record<string, number>) =>
    titleOf(lossCurves([...metrics, { ...metrics.at(-1)!, ...numbers }]));
  const running = at({ step: 120, steps: 900, secondsLeft: 200 });
  assertEquals(running, "Training losses: step 120 of 900, 3 min left");
  assertEquals(at({ step: 1, steps: 900, secondsLeft: 0 }), "Training losses: step 1 of 900");
  assertEquals(at({ step: 900, steps: 900, secondsLeft: 0 }), "Training losses");
});

Deno.test("lossRemark() says why losses fall and rise where they compare with queues, else nothing", () => {
  assertStringIncludes(lossRemark(metrics) ?? "", "first fall, while the queues");
  assertEquals(lossRemark([{ epoch: 1, total: 6 }]), null);
  assertEquals(lossRemark([]), null);
});

Deno.test("knnAccuracy() gives each accuracy its own error, in whatever order they come", () => {
  const scores = [200, 20, 10].map((k) => ({ k, temperature: 0.07, top1: k / 4 }));
  const [line] = knnAccuracy(scores, { images: 100 }).data;
  const { x, y, error_y } = line as { x: number[]; y: number[]; error_y: { array: number[] } };
  assertEquals(x, [10, 20, 200]);
  assertEquals(error_y.array, y.map((p) => +Math.sqrt(p * (100 - p) / 100).toFixed(2)));
});

Deno.test("lossCurves() draws the three supervisions with few points and all epochs", () => {
  const { data } = lossCurves(metrics);
  assertEquals(data.map(({ name }) => name), ["instance", "local group", "group"]);
  const x = data[0]!.x as number[];
  assert(x.length <= 200 && x[0]! < 0.2 && x.at(-1)! > 49.8);
});

Deno.test("healthPanel() shows what was measured, prototypes by their perplexity", () => {
  const { data } = healthPanel(metrics);
  assertEquals(data.map(({ name }) => name), [
    "Feature spread",
    "Target entropy",
    "Prototype usage",
  ]);
  assertEquals((data[2]!.y as number[])[0], 64);
});

Deno.test("knnAccuracy() circles the best choice of k and temperature", () => {
  const scores = [5, 20].flatMap((k) =>
    [0.07, 0.1].map((t) => ({ k, temperature: t, top1: k * t }))
  );
  const { data } = knnAccuracy(scores);
  assertEquals(data.length, 3);
  assertEquals([data[2]!.x, data[2]!.y], [[20], [2]]);
  assertThrows(() => knnAccuracy([]), RangeError, "0 scores");
});

Deno.test("knnAccuracy() shows the standard error where the number of images is known", () => {
  const scores = [{ k: 1, temperature: 0.07, top1: 50 }, { k: 5, temperature: 0.07, top1: 90 }];
  const [line] = knnAccuracy(scores, { images: 100 }).data;
  assertEquals((line!.error_y as { array: number[] }).array, [5, 3]);
  assertEquals(knnAccuracy(scores).data[0]!.error_y, undefined);
});

Deno.test("confusionMatrix() gives percentages of the correct class, empty where 0", () => {
  const { data, layout } = confusionMatrix([0, 0, 0, 1], [0, 0, 1, 1], { classes: ["a", "b"] });
  assertEquals(data[0]!.z, [[66.7, 33.3], [null, 100]]);
  assertEquals(layout.title, { ...layout.title as object, text: "Confusion: 75.0 % correct" });
  assertThrows(() => confusionMatrix([0], [], { classes: ["a"] }), RangeError, "1 labels");
});

Deno.test("granularityBars() draws the mean and deviation over seeds, and chance", () => {
  const { data, layout } = granularityBars([
    { method: "IDS", level: "species", scores: [40, 44], chance: 5 },
    { method: "GDS", level: "species", scores: [50, 50], chance: 5 },
  ]);
  assertEquals(data.map(({ y }) => y), [[42], [50]]);
  assertEquals((data[0]!.error_y as { array: number[] }).array, [2.83]);
  assertEquals((layout.shapes as { y0: number }[]).map(({ y0 }) => y0), [5]);
  assertThrows(() => granularityBars([]), RangeError);
});

Deno.test("granularityBars() can give every level a panel, with the same colors", () => {
  const { data } = granularityBars([
    { method: "IDS", level: "species", scores: [40] },
    { method: "GDS", level: "species", scores: [50] },
    { method: "GDS", level: "family", scores: [90] },
  ], { panels: true });
  const shown = data.filter(({ y }) => (y as number[]).length > 0);
  assertEquals(shown.map(({ name, yaxis }) => `${name} ${yaxis}`), ["IDS y1", "GDS y1", "GDS y2"]);
  const colors = shown.map(({ marker }) => (marker as { color: string }).color);
  assertEquals(colors[1], colors[2]);
  assertEquals(data.filter(({ showlegend }) => showlegend).length, 2);
});

Deno.test("accuracyLines() draws means and deviations over seeds, or the error of a single one", () => {
  const points = [
    { method: "Mugs", x: 10, top1: 60 },
    { method: "Mugs", x: 1, top1: 40 },
    { method: "Mugs", x: 1, top1: 44 },
    { method: "random", x: 1, top1: 50 },
  ];
  const { data, layout } = accuracyLines(points, { images: 100, chance: 5 });
  assertEquals(data.map(({ name, x, y }) => [name, x, y]), [
    ["Mugs", [1, 10], [42, 60]],
    ["random", [1], [50]],
  ]);
  const errors = data.map(({ error_y }) => (error_y as { array: number[] }).array);
  assertEquals(errors, [[2.83, 4.9], [5]]);
  assertEquals((layout.shapes as { y0: number }[]).map(({ y0 }) => y0), [5]);
  const bare = accuracyLines(points.slice(0, 1), { logarithmic: { unit: "%" } });
  assertEquals(bare.data[0]!.error_y, undefined);
  assertEquals((bare.layout.xaxis as { ticktext: string[] }).ticktext, ["10 %"]);
});

Deno.test("segmentationCurves() shows scores where they were made", () => {
  const { data } = segmentationCurves(segmenter);
  const lengths = data.map(({ name, x }) => [name, (x as number[]).length]);
  assertEquals(lengths, [["training", 40], ["mean IoU", 4], ["mean per class", 4], [
    "all pixels",
    4,
  ]]);
});

Deno.test("detectionCurves() shows boxes and masks where they were scored", () => {
  const { data } = detectionCurves(detector);
  const lengths = data.map(({ name, x }) => [name, (x as number[]).length]);
  assertEquals(lengths, [["training", 40], ["boxes", 2], ["masks", 2]]);
});

Deno.test("classifierCurves() shows the loss of every step, and scores where they were made", () => {
  const { data } = classifierCurves(classifier);
  assertEquals(data.map(({ name, yaxis }) => [name, yaxis]), [
    ["training", "y1"],
    ["test", "y1"],
    ["top-1", "y2"],
  ]);
  assertEquals(data.map(({ x }) => (x as number[]).length), [40, 4, 4]);
  assertEquals(data[2]!.y, [9, 19, 29, 39]);
  const half = classifierCurves([
    ...classifier.slice(0, 20).map((step) => ({
      ...step,
      secondsLeft: 200,
    })),
  ]);
  assertEquals(titleOf(half), "Training: step 20 of 40, 3 min left");
  assertEquals(lossCurves(classifier).data.length, 1, "scores are no losses");
});

Deno.test("linearCurves() draws a line for each learning rate over the epochs", () => {
  const scores = [[{ top1: 40 }, { top1: 50 }], [{ top1: 45 }, { top1: 60 }]];
  const { data } = linearCurves(scores, [0.1, 1]);
  assertEquals(data.map(({ name, x, y }) => [name, x, y]), [
    ["0.1", [1, 2], [40, 45]],
    ["1", [1, 2], [50, 60]],
  ]);
  assertThrows(() => linearCurves([], [0.1]), RangeError, "0 epochs given");
});

Deno.test("protocolBars() draws the mean of the rows that differ in seed alone, and chance", () => {
  const { data, layout } = protocolBars(measured, { score: "AP", chance: { rare: 4.2 } });
  assertEquals(data.map(({ x, y }) => [x, y]), [[["rare"], [42]]]);
  assertEquals((data[0]!.error_y as { array: number[] }).array, [2.83]);
  assertEquals((layout.shapes as { y0: number }[]).map(({ y0 }) => y0), [4.2]);
  const { yaxis } = layout as { yaxis: { title: { text: string } } };
  assertEquals(yaxis.title.text, "AP (%), mean ± deviation over seeds");
});

Deno.test("accuracyAgainstParameters() marks our networks beside every row of the paper", () => {
  const none = { ...point, parameters: null };
  const { data } = accuracyAgainstParameters(imagenet, [point, none]);
  const xs = data.map(({ x }) => (x as number[]).length);
  assertEquals(xs.reduce((sum, n) => sum + n, 0), imagenet.length + 1);
  assertEquals(data.at(-1)!.name, "measured here");
  assertEquals([data[0]!.yaxis, data.at(-1)!.yaxis], [undefined, "y2"]);
  const same = accuracyAgainstParameters(imagenet, [{ ...point, data: "imagenet" }]);
  assertEquals(same.data.at(-1)!.yaxis, "y");
});

Deno.test("comparisonTable() gives signed differences, and dashes for missing numbers", () => {
  const { rows } = comparisonTable([
    { what: "k-NN", paper: 75.6, ours: 70 },
    { what: "linear", paper: 78.9, ours: { mean: 79.4, deviation: 0.25 } },
    { what: "same", paper: 1, ours: 1.01 },
    { what: "new", paper: null, ours: 5 },
  ]);
  assertEquals(rows, [
    ["k-NN", "75.6", "70.0", "−5.6"],
    ["linear", "78.9", "79.4 ± 0.3", "+0.5"],
    ["same", "1.0", "1.0", "±0.0"],
    ["new", "-", "5.0", "-"],
  ]);
});

Deno.test("comparisonTable() gives no difference between numbers on different data", () => {
  const comparisons = [{ what: "k-NN", paper: 75.6, ours: 70 }];
  const other = comparisonTable(comparisons, { data: { paper: "ImageNet-1K", ours: "granules" } });
  assertEquals(other.rows, [["k-NN", "75.6", "70.0", ""]]);
  assertStringIncludes(
    other.notes ?? "",
    "the paper's numbers are on ImageNet-1K, ours on granules",
  );
  const same = comparisonTable(comparisons, { data: { paper: "ImageNet-1K", ours: "imagenet" } });
  assertEquals(same.rows, [["k-NN", "75.6", "70.0", "−5.6"]]);
});

Deno.test("collapseMeters() has a panel for each sign and a line for each method that has it", () => {
  const simsiam = [{ epoch: 1, spread: 0.4, dimensions: 3 }, {
    epoch: 2,
    spread: 0.5,
    dimensions: 2,
  }];
  const { data } = collapseMeters([
    { method: "SimSiam", metrics: simsiam },
    { method: "Mugs", metrics: metrics.slice(0, 2) },
  ]);
  assertEquals(
    data.map(({ name, yaxis, y }) => [name, yaxis, y]),
    [
      ["SimSiam", "y1", [0.4, 0.5]],
      ["Mugs", "y1", [0.7, 0.7]],
      ["SimSiam", "y2", [3, 2]],
      ["Mugs", "y3", [1.159, 1.159]],
    ],
  );
  assertThrows(() => collapseMeters([{ method: "SimCLR", metrics: [{ epoch: 1 }] }]), RangeError);
});
