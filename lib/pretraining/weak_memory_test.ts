import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { batches, type Sample } from "../datasets/mod.ts";
import { methodOf } from "../methods/mod.ts";
import type { MugsState } from "../methods/mugs/state.ts";
import { Random } from "../random/mod.ts";
import { sampleConfig } from "../testing/sample_config.ts";
import { gradients, initState, now, type State, step } from "./mod.ts";

const samples: Sample[] = Array.from({ length: 8 }, (_, i) => ({
  id: `image ${i}`,
  labels: {},
  read() {
    const random = new Random(i);
    const data = Uint8Array.from({ length: 12 * 12 * 3 }, () => random.integer(256));
    return Promise.resolve({ width: 12, height: 12, data });
  },
}));

Deno.test("the student's memory takes in the weak images, the teacher's all", async () => {
  await tf.setBackend("cpu");
  const config = { ...sampleConfig, strongShare: 0.5 };
  const method = methodOf(config);
  const numbers = method.schedules(config, { steps: 6, stepsPerEpoch: 2 });
  const places: number[] = [];
  let state = initState(config) as State<MugsState>;
  const plan = method.views(config);
  const loader = batches(samples, { ...config, plan }, { to: 6, workers: 0 });
  for await (using loaded of loader) {
    const { batch } = loaded;
    const options = { now: now(numbers(loaded.step), loaded.step, config), config };
    const { intake } = gradients(state, batch, options);
    const [next] = step(state, batch, options) as [State<MugsState>, unknown];
    for (const who of ["student", "teacher"] as const) {
      const remembered = Array.from(batch.student!.weak!.dataSync()).flatMap((weak, i) =>
        weak || who === "teacher" ? [(intake[who]!.arraySync() as number[][])[i]!] : []
      );
      const before = state.buffers.memories[who], after = next.buffers.memories[who];
      const expected = before.queue_q.arraySync();
      let place = before.queue_ptr.dataSync()[0]!;
      for (const row of remembered) {
        expected[place] = row;
        place = (place + 1) % config.memory;
      }
      assertEquals(after.queue_q.arraySync(), expected, who);
      assertEquals(after.queue_ptr.dataSync()[0], place, who);
      if (who === "student") places.push(remembered.length);
    }
    state = next;
  }
  assert(places.some((count) => count > 0 && count < config.batchSize), "a mixture was seen");
});
