import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { openTensors, readTensors, toTensors } from "../../checkpoint/mod.ts";
import { loadEncoder } from "../../models/mod.ts";
import { type Linear, linear, type Sequential, sequential } from "../../nn/mod.ts";
import { golden } from "../../testing/goldens.ts";
import { officialCheckpoints } from "../../testing/official_checkpoint.ts";

const relu = { activation: "relu" } as const;

/** What Haiku keeps of one of the two networks outside of its encoder, by module and name. */
function headsIn(path: string, network: string) {
  using file = openTensors(path);
  const prefix = new RegExp(`^experiment_state\\.${network}_(params|state)\\.(?!encoder)`);
  const heads = Object.entries(file.tensors).filter(([name]) => prefix.test(name))
    .map(([name, tensor]) => [name.replace(prefix, ""), tensor]);
  const named = toTensors(readTensors(Object.fromEntries(heads)));
  const layer = (name: string): Linear => ({
    weight: named[`${name}.w`]!.transpose() as tf.Tensor2D,
    bias: named[`${name}.b`] as tf.Tensor1D | undefined,
  });
  const mlp = (name: string): Sequential => {
    const [weight, bias, running_mean, running_var] = [
      ...["scale", "offset", "/~/mean_ema.average", "/~/var_ema.average"],
    ].map((leaf) => named[`${name}/batch_norm${leaf.startsWith("/") ? leaf : `.${leaf}`}`]!)
      .map((tensor) => tensor.flatten()) as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
    const norm = { weight, bias, running_mean, running_var, num_batches_tracked: tf.scalar(0) };
    return { 0: layer(`${name}/linear`), 1: norm, 3: layer(`${name}/linear_1`) };
  };
  return {
    projector: mlp("projector"),
    predictor: mlp("predictor"),
    classifier: layer("classifier"),
  };
}

golden("methods/byol/checkpoints_forward", "networks of pickles are official ones", (g) => {
  const images = g.normalized("input.pixels_u8");
  for (const path of officialCheckpoints("byol", /\.pkl$/).paths) {
    for (const network of ["online", "target"]) {
      const { projector, predictor, classifier } = headsIn(path, network);
      using encoder = loadEncoder(path, { key: network });
      const features = encoder.embed(images);
      g.near(features, `${network}.pooled`);
      const projections = sequential(features, projector, relu);
      g.near(projections, `${network}.projection`);
      g.near(sequential(projections, predictor, relu), `${network}.prediction`);
      g.near(linear(features, classifier), `${network}.logits`);
    }
  }
});

golden("methods/byol/checkpoints_forward", "the network of a pickle pads as the program", () => {
  for (const path of officialCheckpoints("byol", /\.pkl$/).paths) {
    using encoder = loadEncoder(path);
    assertEquals("samePadding" in encoder.sizes && encoder.sizes.samePadding, "all");
  }
});
