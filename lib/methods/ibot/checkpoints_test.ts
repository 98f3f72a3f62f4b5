import type * as tf from "@tensorflow/tfjs";
import {
  classTokens,
  encodeTokens,
  loadEncoder,
  normTokens,
  prepareTokens,
} from "../../models/mod.ts";
import { golden } from "../../testing/goldens.ts";
import { networkIn, officialCheckpoints } from "../../testing/official_checkpoint.ts";
import { ibotHead } from "./head.ts";
import type { IbotNetwork } from "./network.ts";

/** A network of a whole training state; a shared head stands in two places of the file. */
function networkOf(path: string, who: string, shared: boolean): IbotNetwork {
  const prefix = RegExp(`^${who}\\.(?:module\\.)?`);
  return networkIn<IbotNetwork>(path, (name) => {
    const repeats = shared && name.includes(".last_layer2.");
    return prefix.test(name) && !repeats ? name.replace(prefix, "") : null;
  });
}

golden("methods/ibot/checkpoints_forward", "both networks of a file are official ones", (g) => {
  const { paths: [path], expected } = officialCheckpoints("ibot", /full/);
  const heads: number = expected.config.vit.num_heads;
  const { shared_head: shared = true } = expected.config;
  const student = networkOf(path!, "student", shared);
  const teacher = networkOf(path!, "teacher", shared);
  for (const tag of ["global", "local"]) {
    const images = g.picture(`${tag}.base_u8`);
    const encoded = encodeTokens(images, teacher.backbone, { heads });
    const tokens = normTokens(encoded, teacher.backbone);
    g.near(tokens, `${tag}.teacher.tokens`);
    g.near(classTokens(encoded, teacher.backbone), `${tag}.teacher.cls`);
    const { classes, patches } = ibotHead(tokens, teacher.head);
    g.near(classes, `${tag}.teacher.head_cls`);
    g.near(patches, `${tag}.teacher.head_patch`);
  }
  const images = g.picture("global.base_u8");
  const patchMasks = g.tensor("global.mask").toFloat()
    .reshape<tf.Tensor2D>([images.shape[0], -1]);
  const prepared = prepareTokens(images, student.backbone, { patchMasks });
  g.near(prepared, "global.student.masked_prepare_tokens");
  const encoded = encodeTokens(images, student.backbone, { heads, patchMasks });
  g.near(normTokens(encoded, student.backbone), "global.student.masked_tokens");
});

golden("methods/ibot/checkpoints_forward", "files are scored by their teacher", (g) => {
  const { paths, expected } = officialCheckpoints("ibot", /full|teacher/);
  for (const path of paths) {
    using encoder = loadEncoder(path, { heads: expected.config.vit.num_heads });
    for (const tag of ["global", "local"]) {
      g.near(encoder.embed(g.picture(`${tag}.base_u8`)), `${tag}.teacher.cls`);
    }
  }
});
