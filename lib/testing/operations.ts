import * as tf from "@tensorflow/tfjs";
import { assert } from "@std/assert";
import { compile } from "../compile/mod.ts";

/** One operation with the shapes of its inputs. */
export type Case = {
  name: string;
  shapes: number[][];
  f: (...inputs: tf.Tensor[]) => tf.Tensor;
  /** The range of the inputs, which are uniform, for functions that are not defined everywhere. */
  range?: [number, number];
  /** False if TensorFlow.js has no gradient. */
  gradient?: boolean;
};

const unary = (
  name: string,
  f: (x: tf.Tensor) => tf.Tensor,
  range?: [number, number],
  gradient?: boolean,
): Case => ({ name, shapes: [[3, 5]], f, range, gradient });

const binary = (
  name: string,
  f: (x: tf.Tensor, y: tf.Tensor) => tf.Tensor,
  range?: [number, number],
  gradient?: boolean,
): Case => ({ name, shapes: [[2, 3, 5], [3, 1]], f, range, gradient });

/** Two inputs of one shape: TensorFlow.js has no gradient of a broadcast input there. */
const same = (name: string, f: (x: tf.Tensor, y: tf.Tensor) => tf.Tensor): Case => ({
  name,
  shapes: [[3, 5], [3, 5]],
  f,
});

/** Two int32 inputs `[3, 5]`. */
const whole = (name: string, f: (x: tf.Tensor, y: tf.Tensor) => tf.Tensor): Case => ({
  name,
  shapes: [[3, 5], [3, 5]],
  f: (x, y) => f(x.toInt(), y.toInt()).toFloat(),
  range: [-9, 9],
  gradient: false,
});

/** A case for each operation: with broadcasting, negative axes and several ranks if they matter. */
export const cases: readonly Case[] = [
  unary("abs", tf.abs),
  unary("acos", tf.acos, [-0.9, 0.9]),
  unary("asinh", tf.asinh),
  unary("atan", tf.atan),
  unary("ceil", tf.ceil),
  unary("clipByValue", (x) => tf.clipByValue(x, -0.5, 0.5)),
  unary("cos", tf.cos),
  unary("cosh", tf.cosh),
  unary("elu", tf.elu),
  unary("erf", tf.erf),
  unary("exp", tf.exp),
  unary("expm1", tf.expm1),
  unary("floor", tf.floor),
  unary("isNaN", (x) => tf.isNaN(x).toFloat(), undefined, false),
  unary("leakyRelu", (x) => tf.leakyRelu(x, 0.2)),
  unary("log", tf.log, [0.1, 2]),
  unary("log1p", tf.log1p, [0.1, 2]),
  unary("logSigmoid", tf.logSigmoid),
  unary("neg", tf.neg),
  unary("reciprocal", tf.reciprocal, [0.5, 2]),
  unary("relu", tf.relu),
  unary("relu6", tf.relu6),
  unary("round", tf.round),
  unary("rsqrt", tf.rsqrt, [0.5, 2]),
  unary("selu", tf.selu),
  unary("sigmoid", tf.sigmoid),
  unary("sign", tf.sign),
  unary("sin", tf.sin),
  unary("softplus", tf.softplus),
  unary("sqrt", tf.sqrt, [0.5, 2]),
  unary("square", tf.square),
  unary("tanh", tf.tanh),
  unary("softmax", (x) => tf.softmax(x)),
  unary("logSoftmax", (x) => tf.logSoftmax(x)),
  unary("logSumExp", (x) => tf.logSumExp(x, -1)),
  unary("sum", (x) => tf.sum(x, -1, true)),
  unary("mean", (x) => tf.mean(x, 0)),
  unary("max", (x) => tf.max(x, -1)),
  unary("min", (x) => tf.min(x, 0)),
  unary("prod", (x) => tf.prod(x, 1), [0.5, 2]),
  unary("cumsum", (x) => tf.cumsum(x, 1)),
  unary("argMax", (x) => tf.argMax(x, -1).toFloat(), undefined, false),
  unary("argMin", (x) => tf.argMin(x, 0).toFloat(), undefined, false),
  unary("norm", (x) => tf.norm(x, "euclidean", -1)),
  unary("reshape", (x) => tf.reshape(x, [5, 3])),
  unary("transpose", (x) => tf.transpose(x)),
  unary("slice", (x) => tf.slice(x, [1, 2], [2, 3])),
  unary("stridedSlice", (x) => tf.stridedSlice(x, [0, 0], [3, 5], [2, 2]), undefined, false),
  unary("pad", (x) => tf.pad(x as tf.Tensor2D, [[1, 0], [0, 2]])),
  unary("tile", (x) => tf.tile(x, [2, 3])),
  unary("reverse", (x) => tf.reverse(x, 1)),
  unary("split", (x) => {
    const [first, second] = tf.split(x, [2, 2, 1], 1);
    return tf.add(first!, second!);
  }),
  unary("unstack", (x) => tf.unstack(x, 0)[1]!),
  unary("expandDims and squeeze", (x) => tf.squeeze(tf.expandDims(x, 1))),
  unary("gather", (x) => tf.gather(x, tf.tensor1d([2, 0, 2], "int32"), 0)),
  unary("oneHot", (x) => tf.oneHot(x.abs().toInt().clipByValue(0, 3), 4), undefined, false),
  unary("topk", (x) => tf.topk(x, 2).values, undefined, false),
  unary("cast", (x) => tf.cast(x, "int32").toFloat(), undefined, false),
  unary(
    "gatherND",
    (x) => tf.gatherND(x, tf.tensor2d([[0, 1], [2, 4]], [2, 2], "int32")),
    undefined,
    false,
  ),
  unary(
    "scatterND",
    (x) => tf.scatterND(tf.tensor2d([[3], [0], [1]], [3, 1], "int32"), x, [4, 5]),
    undefined,
    false,
  ),
  unary("broadcastTo", (x) => tf.broadcastTo(x, [2, 3, 5])),
  {
    name: "tensorScatterUpdate",
    shapes: [[4, 5], [2, 5]],
    f: (x, y) =>
      tf.tensorScatterUpdate(x, tf.tensor2d([[3], [1]], [2, 1], "int32"), y as tf.Tensor2D),
    gradient: false,
  },
  unary("fill", (x) => tf.fill([3, 5], 0.5).mul(x)),
  whole("mod of whole numbers", (x, y) => tf.mod(x, y.abs().add(tf.scalar(1, "int32")))),
  whole(
    "floorDiv of whole numbers",
    (x, y) => tf.floorDiv(x.abs(), y.abs().add(tf.scalar(1, "int32"))),
  ),
  whole("minimum of whole numbers", tf.minimum),
  whole("sub of whole numbers", (x, y) => x.sub(y).add(x)),
  whole("sum of whole numbers", (x) => x.sum()),
  whole("range", (x) => tf.range(0, 5, 1, "int32").sub(x)),
  whole("less", (x, y) => tf.where(x.less(y), x, y)),
  whole("indices of topk", (x) => tf.topk(x.toFloat(), 2).indices),
  whole(
    "gather of batches",
    (x, y) => tf.gather(y.toFloat(), x.abs().mod(tf.scalar(5, "int32")), 1, 1),
  ),
  binary("add", tf.add),
  binary("sub", tf.sub),
  binary("mul", tf.mul),
  binary("div", tf.div, [0.5, 2]),
  binary("divNoNan", tf.divNoNan, [0.5, 2], false),
  binary("floorDiv", tf.floorDiv, [0.5, 2], false),
  binary("mod", tf.mod, [0.5, 2], false),
  binary("pow", tf.pow, [0.5, 2]),
  same("maximum", tf.maximum),
  same("minimum", tf.minimum),
  same("squaredDifference", tf.squaredDifference),
  binary("atan2", tf.atan2, [0.5, 2]),
  binary("greater", (x, y) => tf.greater(x, y).toFloat(), undefined, false),
  binary("lessEqual", (x, y) => tf.lessEqual(x, y).toFloat(), undefined, false),
  binary("equal", (x, y) => tf.equal(x, y).toFloat(), undefined, false),
  binary(
    "logicalAnd",
    (x, y) => tf.logicalAnd(x.greater(0), y.greater(0)).toFloat(),
    undefined,
    false,
  ),
  same("where", (x, y) => tf.where(tf.tensor1d([1, 0, 1, 0, 0], "bool"), x, y)),
  { name: "concat", shapes: [[2, 3], [2, 4], [2, 1]], f: (...x) => tf.concat(x, 1) },
  { name: "stack", shapes: [[2, 3], [2, 3]], f: (...x) => tf.stack(x, 1) },
  { name: "addN", shapes: [[2, 3], [2, 3], [2, 3]], f: (...x) => tf.addN(x) },
  { name: "matMul", shapes: [[4, 3], [5, 3]], f: (x, y) => tf.matMul(x, y, false, true) },
  { name: "matMul transposed", shapes: [[3, 4], [3, 5]], f: (x, y) => tf.matMul(x, y, true) },
  { name: "matMul of batches", shapes: [[2, 2, 4, 3], [2, 2, 3, 5]], f: (x, y) => tf.matMul(x, y) },
  { name: "dot", shapes: [[4], [4]], f: (x, y) => tf.dot(x, y) },
  {
    name: "conv2d",
    shapes: [[2, 6, 6, 3], [3, 3, 3, 4]],
    f: (x, y) => tf.conv2d(x as tf.Tensor4D, y as tf.Tensor4D, 2, "same"),
  },
  {
    name: "depthwiseConv2d",
    shapes: [[1, 6, 6, 3], [3, 3, 3, 2]],
    f: (x, y) => tf.depthwiseConv2d(x as tf.Tensor4D, y as tf.Tensor4D, 1, "valid"),
  },
  {
    name: "maxPool",
    shapes: [[1, 6, 6, 2]],
    f: (x) => tf.maxPool(x as tf.Tensor4D, 2, 2, "valid"),
  },
  {
    name: "avgPool",
    shapes: [[1, 6, 6, 2]],
    f: (x) => tf.avgPool(x as tf.Tensor4D, 2, 2, "valid"),
  },
  {
    name: "resizeBilinear",
    shapes: [[1, 4, 4, 2]],
    f: (x) => tf.image.resizeBilinear(x as tf.Tensor4D, [7, 5]),
  },
  {
    name: "batchNorm",
    shapes: [[2, 4, 4, 3], [3]],
    f: (x, y) =>
      tf.batchNorm(x as tf.Tensor4D, tf.zeros([3]), tf.ones([3]), y as tf.Tensor1D, tf.ones([3])),
  },
  {
    name: "softmaxCrossEntropy",
    shapes: [[3, 5]],
    f: (x) => tf.losses.softmaxCrossEntropy(tf.oneHot(tf.tensor1d([0, 2, 4], "int32"), 5), x),
  },
];

/** Inputs of a case, the same at every call. */
function inputs({ shapes, range: [low, high] = [-1.5, 1.5] }: Case): tf.Tensor[] {
  let seed = 7;
  const next = () => (seed = seed * 16807 % 2147483647) / 2147483647;
  return shapes.map((shape) => {
    const values = Float32Array.from({ length: size(shape) }, () => low + (high - low) * next());
    return tf.tensor(values, shape);
  });
}

const size = (shape: number[]) => shape.reduce((product, n) => product * n, 1);

/** The value and, unless it has none, the gradients of a weighted sum of it, as plain numbers. */
export function evaluateCase(c: Case, mode: "eager" | "compiled" = "eager"): Float32Array[] {
  return tf.tidy(() => {
    const x = inputs(c);
    const all = (...x: tf.Tensor[]) => {
      const value = c.f(...x);
      if (c.gradient === false) return [value];
      const weights = tf.tensor(
        Float32Array.from({ length: value.size }, (_, i) => Math.cos(i)),
        value.shape,
      );
      return [value, ...tf.grads((...x) => c.f(...x).mul(weights).sum())(x)];
    };
    using compiled = compile(all);
    return (mode === "compiled" ? compiled : all)(...x).map((t) => t.dataSync<"float32">());
  });
}

/** Checks that lists of numbers agree within 1e-5 + 1e-4 of the number. */
export function assertNear(
  actual: Float32Array[],
  expected: Float32Array[],
  subject: string,
): void {
  assert(actual.length === expected.length, `${subject}: ${actual.length} results`);
  for (const [k, values] of actual.entries()) {
    const reference = expected[k]!;
    assert(values.length === reference.length, `${subject}: result ${k} has another size`);
    for (const [i, value] of values.entries()) {
      const near = Math.abs(value - reference[i]!) <= 1e-5 + 1e-4 * Math.abs(reference[i]!);
      assert(near, `${subject}: result ${k} is ${value} at ${i}, not ${reference[i]}`);
    }
  }
}
