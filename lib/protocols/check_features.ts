import * as tf from "@tensorflow/tfjs";
import { hasDeviceMemory } from "../compile/mod.ts";
import type { LabeledFeatures } from "./score.ts";

/**
 * Refuses what is no matrix of features.
 *
 * @param name What messages call it.
 * @throws {TypeError} If it is no tensor, or has been disposed of.
 * @throws {RangeError} If it is no matrix, or an empty one.
 */
export function checkMatrix(name: string, x: tf.Tensor2D): void {
  checkTensor(name, x);
  if (x.rank === 2 && x.size > 0) return;
  throw new RangeError(
    `Cannot use ${name} of shape [${x.shape}]: features are [images, width], both at least 1`,
  );
}

/**
 * Refuses features without a label for each of them.
 *
 * @throws {TypeError} If something is no tensor, or has been disposed of.
 * @throws {RangeError} If shapes do not fit, or there is no class.
 */
export function checkLabeled(name: string, { x, labels, classes }: LabeledFeatures): void {
  checkMatrix(name, x);
  checkTensor(`the labels of ${name}`, labels);
  if (labels.rank !== 1 || labels.shape[0] !== x.shape[0]) {
    throw new RangeError(
      `Cannot use ${name} of ${x.shape[0]} images with labels of shape [${labels.shape}]: give ` +
        "each image one label",
    );
  }
  if (Number.isInteger(classes) && classes >= 1) return;
  throw new RangeError(`\`classes\` of ${name} is ${classes}: give the number of classes`);
}

/**
 * Refuses labeled features on which nothing can be scored, beside those that
 * {@linkcode checkLabeled} refuses.
 *
 * @throws {TypeError} If something is no tensor, or has been disposed of.
 * @throws {RangeError} If shapes do not fit, a label is none of the classes, or features are NaN or
 * infinite.
 */
export function checkScorable(name: string, features: LabeledFeatures): void {
  checkLabeled(name, features);
  const { x, labels, classes } = features;
  const foreign = labels.dataSync().find((label) =>
    !(Number.isInteger(label) && label >= 0 && label < classes)
  );
  if (foreign !== undefined) {
    throw new RangeError(
      `Cannot use ${name} with the label ${foreign}: labels are integers from 0 to ` +
        `${classes - 1}, one for each of the \`classes\``,
    );
  }
  checkFinite(name, x);
}

/**
 * Refuses features that are NaN or infinite. Not where tensors have a memory of their own: k-NN
 * would wait there for the sum, and features of this library were checked as they were made.
 *
 * @throws {RangeError} If some are.
 */
export function checkFinite(name: string, x: tf.Tensor2D): void {
  if (hasDeviceMemory()) return;
  const [sum] = tf.tidy(() => x.sum().dataSync());
  if (Number.isFinite(sum) || x.dataSync().every(Number.isFinite)) return;
  throw new RangeError(
    `Cannot use ${name}: some are NaN or infinite, as those of a network that diverged are; take ` +
      "an earlier checkpoint, or leave such images out",
  );
}

/**
 * Refuses rows of features that cannot be compared.
 *
 * @throws {RangeError} If their widths differ.
 */
export function checkWidths(train: tf.Tensor2D, queries: tf.Tensor2D): void {
  const [width, other] = [train.shape[1], queries.shape[1]];
  if (width === other) return;
  throw new RangeError(
    `Cannot compare features of width ${other} with those of width ${width}: take both from one ` +
      "encoder",
  );
}

/**
 * Refuses a number that is not above 0, or not finite.
 *
 * @param options `whole`: whether it must be an integer.
 * @throws {RangeError} If it is so.
 */
export function checkPositive(name: string, value: number, { whole = false } = {}): void {
  if (value > 0 && Number.isFinite(value) && (!whole || Number.isInteger(value))) return;
  throw new RangeError(
    `\`${name}\` takes ${whole ? "an integer from 1" : "a number above 0"}, not ${value}`,
  );
}

function checkTensor(name: string, x: tf.Tensor): void {
  if (!(x instanceof tf.Tensor)) throw new TypeError(`Cannot use ${name}: it is no tensor`);
  if (!x.isDisposed) return;
  throw new TypeError(
    `Cannot use ${name}: it has been disposed of; use it before, or keep a clone of it`,
  );
}
