import * as tf from "@tensorflow/tfjs";
import { assert, assertRejects, assertStringIncludes } from "@std/assert";
import * as mugs from "../mod.ts";

await tf.setBackend("cpu");

const labels = tf.tensor1d([0, 1, 0], "int32");
const train = { x: tf.tensor2d([[1, 0], [0, 1], [1, 1]]), labels, classes: 2 };
const notFinite = tf.tensor2d([[1, 0], [0, NaN], [1, -Infinity]]);
const gone = tf.tensor2d([[1, 0]]);
gone.dispose();
const samples = mugs.granules({ size: 16, train: 4, test: 0, individuals: 1 }).train;
const checkpoint = "/nowhere/checkpoint.safetensors";

/** Takes what the types would refuse. */
// deno-lint-ignore no-explicit-any
const wrong = (value: unknown): any => value;

async function firstStep(config: mugs.MugsConfig): Promise<void> {
  for await (const _ of mugs.pretrain(samples, config)) return;
}

const image = { width: 2, height: 2, data: new Uint8Array(12) };
const random = new mugs.Random("wrong calls");
const view = { name: "view", size: 2, views: [weak({ scale: [0.5, 1] })] };

/** How a view is made, of which a call takes only a part. */
function weak({ scale }: { scale: [number, number] }) {
  const never = { flip: 0, jitter: 0, grayscale: 0, blur: 0, solarize: 0 };
  return { ...never, scale, jitterStrength: wrong({}) };
}

/** A call, and what its sentence says. */
const calls: [call: () => unknown, says: string][] = [
  [() => mugs.knn(train, gone), "the queries: it has been disposed of"],
  [() => mugs.knn(train, tf.tensor2d([[1, 0, 0]])), "features of width 3 with those of width 2"],
  [() => mugs.knn(train, wrong(tf.tensor1d([1, 0]))), "the queries of shape [2]"],
  [() => mugs.knn(train, tf.zeros([0, 2])), "the queries of shape [0,2]"],
  [() => mugs.knn(train, wrong([[1, 0]])), "the queries: it is no tensor"],
  [() => mugs.knn(train, train.x, { k: NaN }), "`k` takes an integer from 1, not NaN"],
  [() => mugs.knn(train, train.x, { k: -1 }), "`k` takes an integer from 1, not -1"],
  [() => mugs.knn(train, train.x, { temperature: 0 }), "`temperature` takes a number above 0"],
  [
    () => mugs.knn({ ...train, labels: tf.tensor1d([0], "int32") }, train.x),
    "3 images with labels of shape [1]",
  ],
  [
    () => mugs.knn({ ...train, labels: tf.tensor1d([0, 2, 1], "int32") }, train.x),
    "the label 2: labels are integers from 0 to 1",
  ],
  [() => mugs.knn({ ...train, labels: tf.tensor1d([0, NaN, 1]) }, train.x), "the label NaN"],
  [() => mugs.knn({ ...train, x: notFinite }, train.x), "the training features: some are NaN"],
  [() => mugs.knn(train, notFinite), "the queries: some are NaN or infinite"],
  [() => mugs.knnSweep(train, { ...train, x: notFinite }), "the test features: some are NaN"],
  [
    () => mugs.linearProbe({ ...train, x: notFinite }, train),
    "the training features: some are NaN",
  ],
  [() => mugs.knnSweep(train, train, { ks: [] }), "`ks` is empty"],
  [() => mugs.linearProbe(train, train, { learningRates: [] }), "without `learningRates`"],
  [() => mugs.linearProbe(train, train, { heldOut: 2 }), "`heldOut` takes a number between"],
  [() => mugs.linearProbe(train, train, { epochs: NaN }), "`epochs` takes an integer from 1"],
  [() => mugs.accuracy(wrong(labels), labels), "the scores of shape [3]"],
  [() => mugs.neighborPurity(train.x, labels, { k: 0.5 }), "`k` takes an integer from 1, not 0.5"],
  [
    () => mugs.confusionMatrix([0], [7], { classes: ["a"] }),
    "the class 7 among 1 names",
  ],
  [
    () => mugs.encode({ width: 2, height: 2, data: new Uint8Array(3) }),
    "2 x 2 pixels: its data hold 3 numbers",
  ],
  [
    () => mugs.encode({ ...image, data: wrong(new Float32Array(12).fill(NaN)) }),
    "its data are no Uint8Array",
  ],
  [
    () => mugs.pictureGrid([{ label: "", pictures: [{ ...image, width: 3 }] }], { title: "" }),
    "resize an image of 3 x 2 pixels: its data hold 12 numbers",
  ],
  [
    () => mugs.makeViews({ ...image, height: 9 }, [view], random),
    "make views of an image of 2 x 9 pixels: its data hold 12 numbers",
  ],
  [
    () => mugs.makeViews({ ...image, data: wrong(new Float32Array(12)) }, [view], random),
    "its data are no Uint8Array",
  ],
  [() => mugs.makeViews(image, wrong(undefined), random), "without a plan: give its groups"],
  [() => mugs.makeViews(image, wrong(view), random), "without a plan: give its groups"],
  [() => mugs.makeViews(image, [view], wrong(undefined)), "give `new Random(seed)`"],
  [
    () => mugs.makeViews(image, [{ ...view, size: NaN }], random),
    'the views "view": `size` takes an integer from 1, not NaN',
  ],
  [() => mugs.makeViews(image, [{ ...view, size: 0.5 }], random), "`size` takes an integer from 1"],
  [() => mugs.makeViews(image, [{ ...view, views: [] }], random), "`views` lists how each of"],
  [
    () => mugs.makeViews(image, [{ ...view, views: [weak({ scale: [NaN, 1] })] }], random),
    "`scale` takes the least and the greatest part of the image's area",
  ],
  [() => mugs.makeViews(image, [{ name: "b", same: "a" }], random), 'the group "a" before they'],
  [() => mugs.confusionMatrix([], [], { classes: [] }), "0 labels given, and at least one"],
  [() => mugs.lossCurves([]), "Cannot draw the losses: 0 steps given"],
  [() => mugs.healthPanel([]), "the health of a run: 0 signs of it given"],
  [() => mugs.comparisonTable([]), "Cannot draw a comparison: 0 numbers given"],
  [() => mugs.table([], []), "Cannot draw a table: 0 rows given"],
  [() => mugs.accuracyAgainstParameters([]), "against parameters: 0 rows given"],
  [() => mugs.granularityBars([]), "Cannot draw granularities: 0 scores given"],
  [() => mugs.knnAccuracy([]), "the accuracy of k-NN: 0 scores given"],
  [() => mugs.neighborRows([], []), "0 pictures given"],
  [() => mugs.cropsGrid(image, {}), "the views of an image: 0 views given"],
  [() => mugs.attentionMaps([]), "0 pictures given"],
  [
    () => mugs.attentionMaps([{ image, attention: [[[1, 0], [1]]] }]),
    "the attention of a head: row 1 has 1 numbers where row 0 has 2",
  ],
  [
    () => mugs.attentionMaps([{ image, attention: [[[1]], [[1], [0]]] }]),
    "the heads of an image: row 1 has 2 numbers where row 0 has 1",
  ],
  [() => mugs.attentionMaps([{ image, attention: [] }]), "the attention of a head: row 0 has 0"],
  [() => mugs.projection([], [], { classes: ["a"] }), "0 points given"],
  [() => mugs.projection([[1, 2], [1]], [0, 0], { classes: ["a"] }), "row 1 has 1 numbers"],
  [() => mugs.projection([[1, 2]], [3], { classes: ["a"] }), "the class 3 among 1 names"],
  [() => mugs.umap([]), "Cannot lay out 0 images"],
  [() => mugs.umap([[1, 2], [1], [1, 2], [1, 2]]), "row 1 has 1 numbers where row 0 has 2"],
  [() => mugs.umap([[1], [NaN], [1], [1]]), "features that are NaN or infinite"],
  [
    () =>
      mugs.measuredRows([
        {
          method: "a",
          kind: "plain",
          scores: [{ level: "x", knn: null, linear: null, chance: 1 }],
        },
        { method: "b", kind: "plain", scores: [] },
      ], wrong({ network: {}, config: {} })),
    "Cannot list b at the level x: it has no score there",
  ],
  [() => mugs.granules({ train: NaN }), "`train` takes an integer from 1, not NaN"],
  [() => mugs.granules({ test: -1 }), "`test` takes an integer from 0, not -1"],
  [
    () => mugs.granules({ train: 1e12 }),
    "`train` takes an integer up to 10000000, not 1000000000000",
  ],
  [() => mugs.granules({ test: 1e12 }), "`test` takes an integer up to 10000000"],
  [() => mugs.granules({ size: 1e9 }), "`size` takes an integer up to 4096"],
  [() => mugs.granules({ individuals: 1e9 }), "`individuals` takes an integer up to 100000"],
  [
    () => mugs.portion(mugs.granules(), { train: 3.5, test: 1 }),
    "`train` takes an integer from 0, not 3.5",
  ],
  [() => mugs.portion(mugs.granules(), { train: NaN, test: 3 }), "integer from 0, not NaN"],
  [() => mugs.portion(mugs.granules(), wrong({ train: 1e9 })), "`test` takes an integer from 0"],
  [() => firstStep({ ...mugs.tiny, steps: NaN }), "`steps` takes an integer from 1 to 1000000000"],
  [() => firstStep({ ...mugs.tiny, batchSize: -4 }), "`batchSize` takes an integer from 2"],
  [() => firstStep({ ...mugs.tiny, method: "mug" }), 'the method "mug": there are mugs'],
  [() => mugs.train(wrong({ mintes: 3 })), "no option `mintes`; did you mean `minutes`?"],
  [() => mugs.train({ minutes: NaN }), "`minutes` takes a number from 0.05 to 100000, not NaN"],
  [() => mugs.train({ minutes: 3, epochs: 2 }), "`minutes` and `epochs` contradict each other"],
  [() => mugs.train({ preset: "huge" }), 'no preset "huge" of Mugs: choose tiny'],
  [() => mugs.train({ heads: 3 }), "cannot be split into `heads` 3"],
  [() => mugs.train({ resume: true }), "`resume` needs `out`, the folder of a run"],
  [() => mugs.train({ data: wrong(NaN) }), "`data` takes the path of a folder, or a data set such"],
  [() => mugs.train({ out: wrong(3) }), "`out` takes a path, not 3"],
  [() => mugs.train(wrong(null)), 'an object such as `{ data: "images", minutes: 10 }`, not null'],
  [() => mugs.train({ config: {} }), "in `config`: it sets no field; name a run's config.json"],
  [() => mugs.train({ config: wrong({ seed: undefined }) }), "in `config`: it sets no field"],
  [() => mugs.train({ config: wrong([]) }), "in `config`: it is no JSON object"],
  [() => mugs.train({ config: wrong(null) }), "in `config`: it is no JSON object"],
  [() => mugs.train({ config: wrong({ resolved: {} }) }), "in `config`: it sets no field"],
  [() => mugs.train({ config: wrong({ resolved: { foo: 1 } }) }), 'There is no option "foo"'],
  [
    () => mugs.train({ config: wrong({ batchsize: 4 }) }),
    'in `config`: There is no option "batchsize"; did you mean "batchSize"?',
  ],
  [() => mugs.train({ config: wrong({ foo: 1 }) }), 'in `config`: There is no option "foo"'],
  [
    () => mugs.train({ config: { batchSize: NaN } }),
    'in `config`: "batchSize" takes an integer from 2 to 65536, not NaN',
  ],
  [
    () => mugs.plan({ config: wrong({ ...mugs.tiny, batchsize: 3 }) }),
    "There is no option `batchsize`; did you mean `batchSize`?",
  ],
  [
    () => mugs.plan({ config: { ...mugs.tiny, learningRate: NaN } }),
    "`learningRate` takes a number from 0 to 100, not NaN",
  ],
  [
    () => mugs.plan({ config: wrong({ method: "mugs" }) }),
    "lacks `preset`, `arch`, `batchSize` and",
  ],
  [
    () => mugs.planClassifier({ protocol: "transfer", checkpoint, images: wrong({ trian: 3 }) }),
    "There is no option `images.trian`; did you mean `images.train`?",
  ],
  [() => mugs.openDataset(wrong(undefined)), "openDataset() needs `folder`, the path of a folder"],
  [() => mugs.granules(wrong({ siize: 8 })), "no option `siize`; did you mean `size`?"],
  [() => mugs.knn(wrong(undefined), wrong(undefined)), "knn() needs `train`, features with labels"],
  [() => mugs.atLevel(wrong(undefined), ""), "needs `features`, features, such as `extract` makes"],
  [() => mugs.atLevel(wrong({ x: 1 }), ""), "not an object whose `x` is 1"],
  [() => mugs.evaluate(wrong(undefined)), 'an object such as `{ protocol: "knn", checkpoint, da'],
  [() => mugs.evaluate(wrong({ data: NaN })), "evaluate() needs `protocol`, one of knn, linear"],
  [
    () => mugs.evaluate(wrong({ protocol: "knn", checkpoint, tempurature: 1 })),
    "no option `tempurature`; did you mean `temperature`?",
  ],
  [
    () => mugs.evaluate(wrong({ protocol: "linear", checkpoint, passes: NaN })),
    "There is no option `passes`; there are",
  ],
  [
    () => mugs.evaluate(wrong({ protocol: "linear", checkpoint, seed: NaN })),
    "`seed` takes an integer from 0 to 2147483647, not NaN",
  ],
  [
    () => mugs.evaluate(wrong({ protocol: "fine-tune", checkpoint, epochz: 1 })),
    "no option `epochz`; did you mean `epochs`?",
  ],
  [
    () => mugs.evaluate({ protocol: "transfer", checkpoint, epochs: NaN }),
    "`epochs` takes a number from 0.01 to 100000, not NaN",
  ],
  [
    () => mugs.configureClassifier("transfer", { overrides: { steps: NaN } }),
    "`steps` takes an integer from 1 to 1000000000 or none, not NaN",
  ],
  [
    () => mugs.configureClassifier("transfer", { overrides: wrong({ mixap: 1 }) }),
    "no option `mixap`; did you mean `mixup`?",
  ],
  [
    () => mugs.evaluate(wrong({ protocol: "linera", checkpoint })),
    "`protocol` takes one of knn, linear, logistic, fine-tune, semi-supervised, transfer, video, ",
  ],
  ...[NaN, 0, -1, "x", Infinity, [], null].map((lambda): [() => unknown, string] => [
    () => mugs.evaluate({ protocol: "logistic", checkpoint, lambda: wrong(lambda) }),
    "`lambda` takes numbers from 1e-9 to 1000000000",
  ]),
  [() => mugs.evaluate({ protocol: "knn", checkpoint, k: [] }), "`k` is empty"],
  [
    () => mugs.evaluate(wrong({ protocol: "linear", checkpoint, k: 3 })),
    "There is no option `k`",
  ],
  [
    () => mugs.evaluate(wrong({ protocol: "linear", checkpoint, temperature: 1 })),
    "There is no option `temperature`",
  ],
  [
    () => mugs.evaluate({ protocol: "knn", checkpoint, images: wrong(NaN) }),
    "`images` takes an object of train, test, not NaN",
  ],
  [
    () => mugs.evaluate({ protocol: "logistic", checkpoint, images: wrong({ trian: 3 }) }),
    "There is no option `images.trian`; did you mean `images.train`?",
  ],
  [
    () => mugs.evaluate({ protocol: "knn", checkpoint, images: { train: 3.5, test: 1 } }),
    "`images.train` takes an integer from 0 to 1000000000, not 3.5",
  ],
  [
    () => mugs.evaluate({ protocol: "transfer", checkpoint, layout: wrong({ chunkk: NaN }) }),
    "There is no option `layout.chunkk`",
  ],
  [
    () => mugs.evaluate({ protocol: "transfer", checkpoint, saving: wrong({ keep: NaN }) }),
    "`saving.keep` takes an integer from 1 to 10000, not NaN",
  ],
  [
    () => mugs.evaluate({ protocol: "fine-tune", checkpoint, saving: wrong({ every: NaN }) }),
    "There is no option `saving.every`",
  ],
  [() => mugs.evaluate(wrong({ protocol: "knn" })), "evaluate() needs `checkpoint`"],
  [() => mugs.evaluate(wrong({ protocol: "linear", checkpoint, k: 5 })), "it is one of knn"],
  [() => mugs.evaluate(wrong({ protocol: "linear", checkpoint, epochs: NaN })), "not NaN"],
  [() => mugs.evaluate(wrong({ protocol: "linear", checkpoint, blocks: 1 })), "needs `augment`"],
  [
    () => mugs.evaluate(wrong({ protocol: "video", checkpoint, data: 5 })),
    "the path of a folder of videos",
  ],
  [() => mugs.evaluate({ protocol: "knn", checkpoint, k: [5, 0] }), "`k` takes an integer from 1"],
];

Deno.test("a wrong call of the library is answered in one sentence", async () => {
  for (const [call, says] of calls) {
    const { message } = await assertRejects(async () => await call(), Error);
    assertStringIncludes(message, says);
    assert(!message.includes("\n"), message);
  }
});
