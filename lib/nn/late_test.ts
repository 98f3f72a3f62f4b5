import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { compile } from "../compile/mod.ts";
import { tensorflowTest } from "../testing/permitted.ts";
import { late } from "./late.ts";

tensorflowTest(
  "late() leaves values and gradients as they are, of what it waits for, too",
  () => {
    const loss = (x: tf.Tensor) => {
      const before = x.square();
      return late(x, before).mul(before).sum(); // x³
    };
    using gradient = compile((x: tf.Tensor1D) => tf.valueAndGrad(loss)(x));
    const { value, grad } = gradient(tf.tensor1d([1, 2]));
    assertEquals([value.dataSync()[0], Array.from(grad.dataSync())], [9, [3, 12]]);
  },
);
