import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertGreater } from "@std/assert";
import { golden } from "../testing/goldens.ts";
import { look } from "../testing/golden_files.ts";
import { assertWithin, tolerance } from "../testing/tolerance.ts";
import { classTokens, encodeTokens, loadVit } from "./mod.ts";

golden(
  "checkpoints_forward",
  "the backbones of all layouts give the official class tokens, at another image size",
  async (g) => {
    const place = look("checkpoints");
    if ("missing" in place) throw new Error(place.missing);
    const [folder] = place.paths;
    const { files } = JSON.parse(await Deno.readTextFile(`${folder}/expected.json`));
    const tolerances = JSON.parse(await Deno.readTextFile(`${folder}/../tolerances.json`));
    // Flat, under a key, under a key with a prefix, and a whole training state.
    const same = Object.keys(files).filter((name) => /^(a\d*|b)_/.test(name));
    assertGreater(same.length, 0);
    const input = g.names.find((name) => name.startsWith("input"))!;
    const { num_heads, depth, embed_dim } = g.metadata;
    const heads = Number(num_heads);
    for (const name of same) {
      using encoder = loadVit(`${folder}/${name}`, { heads });
      const { params, sizes } = encoder;
      assertEquals([sizes.depth, sizes.width], [Number(depth), Number(embed_dim)]);
      const images = tf.transpose(g.tensor(input), [0, 2, 3, 1]) as tf.Tensor4D;
      const tokens = classTokens(encodeTokens(images, params, { heads }), params);
      assertWithin(tokens.dataSync(), g.values("teacher_cls"), {
        name: `${name} teacher_cls`,
        tolerance: tolerance(tolerances, "checkpoints", "forward"),
      });
    }
  },
);
