import { assertEquals, assertThrows } from "@std/assert";
import { sampleConfig as config } from "../testing/sample_config.ts";
import { stepsOf } from "../optim/mod.ts";
import { lengthOf } from "./length.ts";

Deno.test("lengthOf() counts whole batches of an epoch, and steps stand in for epochs", () => {
  assertEquals(lengthOf({ ...config, batchSize: 3, epochs: 2 }, 10), {
    steps: 6,
    stepsPerEpoch: 3,
  });
  assertEquals(lengthOf({ ...config, batchSize: 3, steps: 5 }, 10), { steps: 5, stepsPerEpoch: 3 });
});

Deno.test("lengthOf() refuses a run without images or steps", () => {
  assertThrows(() => lengthOf(config, 0), RangeError, "0 images");
  assertThrows(() => lengthOf({ ...config, epochs: 0 }, 8), RangeError, "0 steps");
});

Deno.test("stepsOf() takes epochs or a percentage of the run", () => {
  const length = { steps: 200, stepsPerEpoch: 20 };
  assertEquals([stepsOf(1, length), stepsOf(0.5, length), stepsOf("10%", length)], [20, 10, 20]);
});
