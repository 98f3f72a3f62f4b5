import { loadEncoder } from "../../models/mod.ts";
import { sequential } from "../../nn/mod.ts";
import { golden } from "../../testing/goldens.ts";
import { networkIn, officialCheckpoints } from "../../testing/official_checkpoint.ts";
import type { SimsiamStudent } from "./network.ts";

const relu = { activation: "relu" } as const;

golden("methods/simsiam/checkpoints_forward", "networks of files are official ones", (g) => {
  const images = g.picture("input.base_u8");
  for (const path of officialCheckpoints("simsiam", /\.pth\.tar$/).paths) {
    const prefix = /^state_dict\.module\.(?:encoder\.(fc)|predictor)\./;
    const { head, predictor } = networkIn<Pick<SimsiamStudent, "head" | "predictor">>(
      path,
      (name) =>
        prefix.test(name) ? name.replace(prefix, (_, fc) => fc ? "head." : "predictor.") : null,
    );
    using encoder = loadEncoder(path);
    const features = encoder.embed(images);
    g.near(features, "pooled");
    const projections = sequential(features, head, relu);
    g.near(projections, "projection");
    g.near(sequential(projections, predictor, relu), "prediction");
  }
});
