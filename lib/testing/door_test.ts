import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertMatch } from "@std/assert";
import * as mugs from "../mod.ts";

await tf.setBackend("cpu");

const data = mugs.granules({ size: 16, train: 4, test: 2, individuals: 1 });
const { train: samples } = data;
const image = { width: 1, height: 1, data: new Uint8Array(3) };
const x = tf.tensor2d([[1, 0], [0, 1], [1, 1], [0, 0]]);
const labels = tf.tensor1d([0, 1, 0, 1], "int32");
const labeled = { x, labels, classes: 2 };
const features = { x, labels: { class: labels }, classes: { class: 2 } };
const encoder = { embed() {}, attention() {}, memoryRows() {}, memoryQueries() {} };
const { imageSize, evalSize, evalCrop } = mugs.tiny;
const view = { imageSize, evalSize, evalCrop };
const config = mugs.tiny;
const setup = { config: {}, backbone: {}, classes: 2 };
const state = { step: tf.scalar(0), learner: {}, optimizer: {}, buffers: {} };
const row = { method: "a", arch: "b", data: "c" };
const protocolRow = { ...row, column: "a", value: 1, setting: null, epochs: null, seed: 0 };
const studyRow = { cell: "a", scores: [] };
const measure = { readOut: "a", protocol: "k-NN", level: "b", data: "c" };
const levelScore = { method: "a", level: "b", scores: [1] };
const figure = { data: [], layout: {} };
const labeledImage = { image, label: "a" };
const display = { show: () => Promise.resolve() };
const observer = { tell() {} };
const title = "a";
const checkpoint = "a.safetensors";
const job = { setup, weights: {}, out: "a" };
const computing = { observer, device: "cpu", compiler: "graph", deterministic: true };
const evaluation = { seed: 0, protocol: "knn", perClass: true, largestProbe: 9 };
const fn = () => {};

/** A call of each function that has nothing wrong, with the options that it takes, if any, last. */
const calls: Readonly<Record<string, unknown[]>> = {
  accuracy: [x, labels, { floor: 0, perClass: true }],
  accuracyAgainstParameters: [[row], [row], { title }],
  accuracyLines: [[{ method: "a", x: 1, top1: 1 }], { title, along: "a", images: 1, chance: 1 }],
  atLevel: [features, "class"],
  attendedImages: [encoder, samples, view],
  attentionMaps: [[{ image, attention: [[[1]]] }], { title }],
  baselines: [data, { evalCrop, onProgress: fn }],
  cocoScenes: [{ name: "a", train: [], test: [], classes: [] }],
  batches: [samples, { batchSize: 2, seed: 0, plan: [] }, { from: 0, to: 1, workers: 0 }],
  budgetCurves: [[studyRow], measure],
  classifierCurves: [[{ epoch: 1 }], { title }],
  segmentationCurves: [[{ epoch: 1 }], { title }],
  detectionCurves: [[{ epoch: 1 }], { title }],
  classifierSetup: [mugs.configureClassifier("transfer"), { ...config }, 2],
  collapseMeters: [[{ method: "a", metrics: [] }], { title }],
  colorHistogram: [image],
  combinationPanels: [[studyRow], { title }],
  comparisonTable: [[{ what: "a", paper: 1, ours: 1 }], { title, unit: "%", digits: 1 }],
  compile: [fn, { executor: "graph", precision: "float32", name: "f" }],
  compileClassify: [setup, { precision: "float32" }],
  configureClassifier: ["transfer", { preset: "small", overrides: {} }],
  confusionMatrix: [[0], [0], { classes: ["a"], title }],
  cropsGrid: [image, { a: { views: [image] } }, { title }],
  decode: ["a.png", { exif: true, maxPixels: 9 }],
  describeBackbone: [config],
  Display: [null],
  Diverged: [{ step: 1, tensor: "a" }],
  effectTable: [[studyRow], { readOut: "a", protocol: "k-NN", data: "b" }],
  encode: [image],
  evalBatches: [samples, { size: 8, batchSize: 2, evalCrop }],
  evaluate: [{ protocol: "knn", checkpoint, data, level: "class", seed: 0 }, computing],
  evaluateClassifier: [samples, { backbone: {}, head: {} }, {
    ...{ setup, level: "class", classified: fn, perClass: true },
  }],
  evaluationsIn: [[{ step: 1 }]],
  examples: [data, { level: "class", classes: 1, each: 1 }],
  explain: [Object.assign(() => {}, { traces: [] })],
  extract: [data, encoder, { ...view, onProgress: fn }],
  features: [fn, samples, { size: 8, evalCrop, batchSize: 2, classes: {}, onProgress: fn }],
  flatten: [{ x }],
  follow: [{ path: "a" }, { every: 1 }],
  gainFindings: [[protocolRow], "a"],
  granularityBars: [[levelScore], { title, score: "a", panels: true }],
  granuleScenes: [{
    size: 16,
    train: 1,
    test: 0,
    granules: [1, 1],
    level: "family",
    seed: 0,
    minerals: "rare",
  }],
  granuleVideos: [{ size: 16, videos: 1, frames: 2, granules: [1, 1], seed: 0, minerals: "rare" }],
  granules: [{ size: 8, train: 1, test: 0, individuals: 1, seed: 0, minerals: "rare" }],
  healthPanel: [[{ epoch: 1 }], { title, purity: [] }],
  htmlPage: [{ title, figures: [figure], remarks: ["a"], table: { head: [], rows: [] } }],
  imageFolder: ["a", { seed: 0, testPart: 0.2, exif: true, scored: true, asOriginal: true }],
  initClassifier: [setup],
  initState: [config, new mugs.Random(0)],
  initVit: [config, new mugs.Random(0)],
  Interrupted: ["a"],
  knn: [labeled, x, { k: 1, temperature: 0.1, chunks: {} }],
  knnAccuracy: [[{ k: 1, temperature: 0.1, top1: 1 }], { title, images: 1 }],
  knnSweep: [labeled, labeled, { ks: [1], temperatures: [0.1], perClass: true }],
  launch: [{ path: "a", backend: "cpu" }],
  labelShare: [data, 0.5, { seed: 0, level: "class" }],
  linearCurves: [[[{ top1: 1 }]], [1], { title, images: 1 }],
  linearGrid: [{ learningRates: [1], weightDecays: [0], optimizers: ["sgd"] }],
  linearProbe: [labeled, labeled, { epochs: 1, batchSize: 1, learningRates: [1], heldOut: 0.1 }],
  live: [mugs.follow({ path: "a" }), () => "a", { seconds: 1, display }],
  loadEncoder: [checkpoint, { key: "a", heads: 1, name: "a", trained: true, precision: "tf32" }],
  loadVit: [checkpoint, { key: "a", heads: 1, name: "a", trained: true, precision: "tf32" }],
  localGroupFeatures: [data, encoder, view],
  lossCurves: [[{ epoch: 1, total: 1 }], { title }],
  markedFrames: [[image], {}, { title, count: 1 }],
  markObjects: [image, [{ box: [0, 0, 1, 1] }]],
  makeViews: [image, [{ name: "a", size: 1, views: [{}] }], new mugs.Random(0)],
  map: [fn, { x }],
  measuredRows: [[{ method: "a", scores: [] }], {
    ...{ data: "a", levels: 1, config: { preset: "a", seed: 0 }, network: {} },
  }],
  methodFindings: [[levelScore], { images: 1, baselines: ["a"] }],
  methodOf: [config],
  neighborPurity: [x, labels, { k: 1 }],
  neighborRows: [[labeledImage], [[labeledImage]], { title, kind: "class" }],
  openDataset: ["a", { seed: 0, testPart: 0.2, exif: true, scored: true, asOriginal: true }],
  openState: [checkpoint],
  overlay: [image, { ...image, data: new Uint8Array(1) }],
  pictureGrid: [[{ label: "a", pictures: [image] }], { title, cell: 9, head: ["a"], marks: {} }],
  plan: [{ config, data: "a", backend: "cpu" }, { folder: "a" }],
  planClassifier: [{ protocol: "transfer", checkpoint, evalEvery: 1 }, { folder: "a" }],
  png: [figure, { scale: 1 }],
  portion: [data, { train: 1, test: 1 }],
  prepareClassifier: [{ protocol: "transfer", checkpoint, data, outputs: 2 }, observer],
  prepareFeatures: [{ checkpoint, out: "a.safetensors", data, seed: 0 }, observer],
  presetsOf: ["mugs"],
  pretrain: [samples, config, { state, passedOver: 0, workers: 0, maxBad: 0 }],
  ProgressBar: [{ write() {}, isTerminal: true, columns: 80 }],
  projection: [[[1, 2]], [0], { classes: ["a"], title, count: 9 }],
  protocolBars: [[protocolRow], { title, score: "a", chance: {} }],
  protocolTable: [mugs.protocolTables.linear, [protocolRow]],
  prototypeImages: [state, samples, { ...config, evalCrop, largest: 1, each: 1 }],
  Random: [0],
  rawPixels: [image],
  readStudy: ["a.jsonl"],
  restoreState: [{ path: "a", checkpoint: {}, config }],
  resultFigures: [[row], [row], [{ epoch: 1 }]],
  scoresOverTime: [[{ object: 1, frames: { J: [1], F: [1] } }], { title }],
  runClassifier: [job, computing],
  sameImage: [samples, encoder, { ...config, seed: 0, k: 1, rows: 1 }],
  saveFeatures: [checkpoint, { train: features, test: features }, { data, metadata: {} }],
  saveState: [checkpoint, state, { config, passedOver: 0 }],
  scoreAll: [data, [encoder], { ...view, ...evaluation, baselines: true }],
  scoreFeatures: [features, features, evaluation],
  selectClassifier: [[[1]], [{ rate: 1, weightDecay: 0, optimizer: "sgd" }]],
  show: ["a"],
  showProgress: [{ seconds: 1, display }],
  scoreLabelShares: [
    data,
    { train: { x }, test: { x } },
    { shares: [1], lambdas: [1], level: "class", seed: 0 },
  ],
  similar: [data, { train: { x }, test: { x } }, { level: "class", queries: 1, k: 1 }],
  status: [{ path: "a" }],
  stop: [{ path: "a" }, { patience: 1 }],
  study: [{ only: "a" }, { ...computing, hours: 1 }],
  studyFindings: [[studyRow]],
  svg: [figure],
  table: [[row], [row]],
  train: [{ data, minutes: 1, out: "a", preset: "tiny" }, computing],
  trainLinear: [data, encoder, { ...view, config: {}, level: "class", seed: 0, onProgress: fn }],
  trainClassifier: [samples, setup, { level: "class", passedOver: 0, workers: 0, maxBad: 0 }],
  trackObjects: [
    [image],
    image,
    {
      encoder: { patches: fn, multiple: 1 },
      lastFrames: 1,
      topk: 1,
      reach: 0,
      temperature: 1,
      size: 1,
    },
  ],
  umap: [[[1], [2], [3], [4]], { neighbors: 1, minDistance: 0, seed: 0 }],
  untrained: [{ ...config }, { name: "a", precision: "float32" }],
  use: ["cpu", { device: "cpu", compiler: "xla", deterministic: true, intraOpThreads: 1 }],
  useFastest: [{ device: "cpu", compiler: "xla", deterministic: true, intraOpThreads: 1 }],
  vitEncoder: [{ cls_token: {}, blocks: [] }, { heads: 1, name: "a", precision: "float32" }],
  variationTable: [[studyRow], { readOut: "a", protocol: "k-NN", data: "b" }],
  weightTriangle: [[studyRow], measure],
  writeFeatures: [job, computing],
};

/** What says nothing, as it comes out of a typing error or an empty cell. */
const nothings = { nothing: undefined, null: null, NaN, "{}": {}, '""': "" } as const;

type Nothing = keyof typeof nothings;

/** Where one of them is a thing to say: an argument that may be left out or be so. */
const fine: Readonly<Record<string, readonly Nothing[]>> = {
  "accuracyAgainstParameters 1": ["nothing"],
  "Display 0": ["nothing", "null"],
  "flatten 0": ["{}"],
  "initState 1": ["nothing"],
  "map 1": ["{}"],
  "portion 1": ["null"],
  "Random 0": ['""'],
  "resultFigures 2": ["nothing"],
  "show 0": ['""'],
  "ProgressBar 0": ["nothing"],
  "Interrupted 0": ["nothing", '""'],
  "study 0": ["nothing", "{}"],
  "train 0": ["nothing", "{}"],
};

/** Functions whose last argument are options that may be left out. */
const optional = new Set([
  ...[
    "accuracy",
    "accuracyAgainstParameters",
    "accuracyLines",
    "attentionMaps",
    "batches",
    "combinationPanels",
    "comparisonTable",
    "effectTable",
  ],
  ...[
    "classifierCurves",
    "collapseMeters",
    "compile",
    "compileClassify",
    "configureClassifier",
    "cropsGrid",
    "decode",
    "evaluate",
  ],
  ...[
    "examples",
    "follow",
    "granularityBars",
    "granules",
    "granuleScenes",
    "granuleVideos",
    "healthPanel",
    "imageFolder",
    "knn",
  ],
  ...[
    "knnAccuracy",
    "knnSweep",
    "labelShare",
    "linearCurves",
    "linearProbe",
    "live",
    "lossCurves",
    "markedFrames",
    "scoresOverTime",
    "loadEncoder",
    "loadVit",
    "neighborPurity",
  ],
  ...[
    "neighborRows",
    "openDataset",
    "plan",
    "planClassifier",
    "png",
    "protocolBars",
    "pretrain",
    "runClassifier",
    "scoreFeatures",
    "segmentationCurves",
    "detectionCurves",
  ],
  ...[
    "showProgress",
    "similar",
    "stop",
    "study",
    "train",
    "umap",
    "untrained",
    "use",
    "useFastest",
  ],
  ...["variationTable", "writeFeatures"],
]);

/** Functions whose last argument are options of which some are needed. */
const needed = new Set([
  "trackObjects",
  ...["attendedImages", "baselines", "confusionMatrix", "evalBatches", "evaluateClassifier"],
  ...[
    "extract",
    "features",
    "htmlPage",
    "localGroupFeatures",
    "methodFindings",
    "budgetCurves",
    "weightTriangle",
    "pictureGrid",
    "projection",
  ],
  ...["saveFeatures", "saveState", "scoreAll", "scoreLabelShares"],
  ...["trainClassifier", "trainLinear", "vitEncoder"],
]);

/** Messages of V8 and Deno, which tell of the inside of a function. */
const foreign = new RegExp(
  [
    ...["Cannot (read|set) propert", "Cannot destructure", "Cannot convert", "is not iterable"],
    ...["is not a function", "is not a constructor", "is not defined", "called on null"],
    ...["Class constructor", "Cannot use 'in'", "Invalid (array|string) length", "\\n"],
    ...["object null", "\\[object", "Empty path"],
  ].join("|"),
);

type Callable = (...args: unknown[]) => unknown;

/** Calls a function, makes an object of a class, or takes the first value of a generator. */
async function call(name: string, args: unknown[]): Promise<void> {
  const f = (mugs as Readonly<Record<string, unknown>>)[name] as Callable;
  const result = /^[A-Z]/.test(name) ? Reflect.construct(f, args) : f(...args);
  const generator = result as { next?: () => Promise<unknown> } | undefined;
  await (typeof generator?.next === "function" ? generator.next() : result);
}

/** What is wrong about how a call is refused: nothing, if it is in a sentence of ours. */
async function fault(
  name: string,
  args: unknown[],
  says: RegExp = /./,
): Promise<string[]> {
  const what = `${name}(${Deno.inspect(args.at(-1), { depth: 0 })})`;
  try {
    await call(name, args);
  } catch (error) {
    const { message } = error as Error;
    return foreign.test(message) || !says.test(message) ? [`${what}: ${message}`] : [];
  }
  return [`${what} passes`];
}

const names = Object.entries(mugs).filter(([, value]) => typeof value === "function")
  .map(([name]) => name);

Deno.test("every function of the library has a call here", () => {
  assertEquals(Object.keys(calls).sort(), names.sort());
});

Deno.test("no function passes over an argument that says nothing", async () => {
  const faults: string[] = [];
  for (const [name, args] of Object.entries(calls)) {
    for (const position of args.keys()) {
      for (const [word, value] of Object.entries(nothings)) {
        if (isFine(name, args, { position, word: word as Nothing })) continue;
        faults.push(...await fault(name, [...args.slice(0, position), value]));
      }
    }
  }
  assertEquals(faults, []);
});

/** Options may be left out or be none; other arguments may where it is said. */
function isFine(
  name: string,
  args: unknown[],
  { position, word }: { position: number; word: Nothing },
): boolean {
  if (fine[`${name} ${position}`]?.includes(word)) return true;
  return isOptions(name, args, position) && ["nothing", "{}"].includes(word);
}

function isOptions(name: string, args: unknown[], position: number): boolean {
  return optional.has(name) && position === args.length - 1;
}

Deno.test("a misspelled option is refused with the name that was meant", async () => {
  const faults: string[] = [];
  for (const [name, args] of Object.entries(calls)) {
    const options = args.at(-1) as Readonly<Record<string, unknown>>;
    if (!optional.has(name) && !needed.has(name)) continue;
    for (const [option, value] of Object.entries(options)) {
      const { [option]: _, ...others } = options;
      const misspelled = `${option.slice(0, 1)}${option}`;
      const args = [...calls[name]!.slice(0, -1), { ...others, [misspelled]: value }];
      const says = new RegExp(`(did you mean|needs) \`${option}\``);
      faults.push(...await fault(name, args, says));
    }
  }
  assertEquals(faults, []);
});

Deno.test("an option that does not take its value is refused by its name", async () => {
  const faults: string[] = [];
  for (const [name, args] of Object.entries(calls)) {
    if (!optional.has(name) && !needed.has(name)) continue;
    const options = args.at(-1) as Readonly<Record<string, unknown>>;
    for (const option of Object.keys(options)) {
      const wrong = [...args.slice(0, -1), { ...options, [option]: NaN }];
      faults.push(...await fault(name, wrong, new RegExp(`\`${option}\``)));
    }
  }
  assertEquals(faults, []);
});

Deno.test("a class that is called without new is refused in a sentence", () => {
  for (const name of names.filter((name) => /^[A-Z]/.test(name))) {
    try {
      (mugs as unknown as Readonly<Record<string, Callable>>)[name]!("a");
    } catch (error) {
      assertMatch((error as Error).message, new RegExp(`write \`new ${name}\``));
    }
  }
});
