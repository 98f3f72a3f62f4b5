import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { loadEncoder } from "../../models/mod.ts";
import { projectUnit } from "../../objectives/mod.ts";
import { golden } from "../../testing/goldens.ts";
import { networkIn, officialCheckpoints } from "../../testing/official_checkpoint.ts";
import type { DeepclusterV2Network } from "./network.ts";

golden("methods/deepcluster_v2/checkpoints_forward", "networks of files are official ones", (g) => {
  for (const path of officialCheckpoints("deepcluster_v2", /(released|checkpoint)\./).paths) {
    const head = networkIn<Omit<DeepclusterV2Network, "backbone">>(
      path,
      (name) =>
        /^(?:state_dict\.)?module\.((?:projection_head|prototypes)\..*)/.exec(name)?.[1] ?? null,
    );
    using encoder = loadEncoder(path);
    const features = encoder.embed(g.picture("input.base_u8"));
    g.near(features, "pooled");
    const embedding = projectUnit(features, head);
    g.near(embedding, "embedding");
    const sets = Object.values(head.prototypes);
    assertEquals(sets.length, g.names.filter((name) => name.startsWith("scores")).length);
    for (const [set, { weight }] of sets.entries()) {
      g.near(tf.matMul(embedding, weight, false, true), `scores${set}`);
    }
  }
});

golden("methods/deepcluster_v2/checkpoints_forward", "the memory lies in a file of its own", () => {
  const { paths: [path], expected } = officialCheckpoints("deepcluster_v2", /^mb/);
  const memory = networkIn<Record<string, tf.Tensor>>(path!, (name) => name);
  const { tensors } = expected.files[path!.split("/").at(-1)!];
  assertEquals(Object.keys(memory).length, tensors.length);
  for (const { path: [name], shape, sum } of tensors) {
    assertEquals(memory[name]!.shape, shape);
    assertAlmostEquals(memory[name]!.sum().dataSync()[0]!, sum, 1e-4);
  }
});
