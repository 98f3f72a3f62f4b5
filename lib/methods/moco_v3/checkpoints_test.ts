import { assertEquals } from "@std/assert";
import { loadEncoder } from "../../models/mod.ts";
import { sequential } from "../../nn/mod.ts";
import { golden } from "../../testing/goldens.ts";
import { networkIn, officialCheckpoints } from "../../testing/official_checkpoint.ts";
import type { MocoV3Student } from "./network.ts";

const relu = { activation: "relu" } as const;

golden("methods/moco_v3/checkpoints_forward", "networks of files are official ones", (g) => {
  for (const kind of ["vit", "resnet"]) {
    const { paths: [path], expected } = officialCheckpoints(
      "moco_v3",
      RegExp(`${kind}\\.pth\\.tar`),
    );
    const heads = kind === "vit" ? expected.config.vit.num_heads : undefined;
    const images = g.picture(`${kind}.base_u8`);
    for (const network of ["base_encoder", "momentum_encoder"]) {
      const prefix = RegExp(`^state_dict\\.module\\.(?:${network}\\.(?:fc|head)|(predictor))\\.`);
      const { head, predictor } = networkIn<Pick<MocoV3Student, "head" | "predictor">>(
        path!,
        (name) => prefix.test(name) ? name.replace(prefix, (_, p) => `${p ?? "head"}.`) : null,
      );
      using encoder = loadEncoder(path!, { heads, key: `state_dict.module.${network}` });
      const features = encoder.embed(images);
      g.near(features, `${kind}.${network}.features`);
      const projections = sequential(features, head, relu);
      g.near(projections, `${kind}.${network}.projection`);
      if (network === "base_encoder") g.near(sequential(projections, predictor, relu), `${kind}.q`);
    }
  }
});

golden("methods/moco_v3/checkpoints_forward", "the network that learned is scored", (g) => {
  const { paths, expected } = officialCheckpoints("moco_v3", /vit/);
  assertEquals(paths.length, 2);
  for (const path of paths) {
    using encoder = loadEncoder(path, { heads: expected.config.vit.num_heads });
    g.near(encoder.embed(g.picture("vit.base_u8")), "vit.base_encoder.features");
  }
});
