import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertGreater } from "@std/assert";
import { loadEncoder } from "../../models/mod.ts";
import { projectUnit } from "../../objectives/mod.ts";
import { golden } from "../../testing/goldens.ts";
import { networkIn, officialCheckpoints } from "../../testing/official_checkpoint.ts";
import type { SwavNetwork } from "./network.ts";

golden("methods/swav/checkpoints_forward", "networks of files are official ones", (g) => {
  for (const path of officialCheckpoints("swav", /(pretrain|checkpoint)\.pth\.tar$/).paths) {
    const head = networkIn<Omit<SwavNetwork, "backbone">>(
      path,
      (name) =>
        /^(?:state_dict\.)?module\.((?:projection_head|prototypes)\..*)/.exec(name)?.[1] ?? null,
    );
    using encoder = loadEncoder(path);
    const sizes = g.names.filter((name) => name.endsWith(".features"));
    assertGreater(sizes.length, 0);
    for (const size of sizes.map((name) => name.split(".")[0]!)) {
      const features = encoder.embed(g.picture(`${size}.base_u8`));
      g.near(features, `${size}.features`);
      const embeddings = projectUnit(features, head);
      g.near(embeddings, `${size}.embedding`);
      g.near(tf.matMul(embeddings, head.prototypes.weight, false, true), `${size}.scores`);
    }
  }
});

golden("methods/swav/checkpoints_forward", "the queue lies in a file of its own", () => {
  const { paths: [path], expected } = officialCheckpoints("swav", /queue/);
  const { queue } = networkIn<{ queue: tf.Tensor }>(path!, (name) => name);
  const [{ shape, sum }] = expected.files[path!.split("/").at(-1)!].tensors;
  assertEquals(queue.shape, shape);
  assertEquals(Math.abs(queue.sum().dataSync()[0]! - sum) < 1e-4, true);
});
