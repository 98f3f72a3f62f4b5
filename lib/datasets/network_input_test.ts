import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { tensorflowTest } from "../testing/permitted.ts";
import { networkInput, normalizedPixels, type PixelArrays } from "./network_input.ts";

/** Every byte in every channel, and some more images. */
const bytes = Uint8Array.from({ length: 4 * 16 * 16 * 3 }, (_, i) => Math.floor(i / 3) % 256);
const shape: [number, number, number, number] = [4, 16, 16, 3];

/** Some pixels are erased, the first and the last among them. */
const erased: PixelArrays = {
  bytes,
  index: Int32Array.of(0, 300, 1023),
  noise: Float32Array.from({ length: 9 }, (_, i) => Math.sin(i)),
};

Deno.test("networkInput() normalizes bytes, and replaces erased pixels by noise", async () => {
  await tf.setBackend("cpu");
  const plain = networkInput({ bytes }, shape).dataSync();
  const replaced = networkInput(erased, shape).dataSync();
  const differing = Array.from(plain, (x, i) => x === replaced[i] ? [] : [Math.floor(i / 3)]);
  assertEquals([...new Set(differing.flat())], [0, 300, 1023]);
  assertEquals([...replaced.subarray(900, 903)], [...erased.noise!.subarray(3, 6)]);
});

tensorflowTest("TensorFlow normalizes bytes on the device, to the same bits", () => {
  const before = tf.memory().numTensors;
  for (const pixels of [{ bytes }, erased]) {
    const input = networkInput(pixels, shape);
    assertEquals(input.shape, shape);
    assertEquals(input.dataSync(), normalizedPixels(pixels));
    input.dispose();
  }
  assertEquals(tf.memory().numTensors, before);
});
