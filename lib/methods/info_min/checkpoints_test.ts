import { loadEncoder } from "../../models/mod.ts";
import { golden } from "../../testing/goldens.ts";
import { networkIn, officialCheckpoints } from "../../testing/official_checkpoint.ts";
import { type InfoMinHeads, instanceHead } from "./heads.ts";

golden("methods/info_min/checkpoints_forward", "networks of files are official ones", (g) => {
  const images = g.picture("input.base_u8");
  for (const path of officialCheckpoints("info_min", /\.pth$/).paths) {
    for (const [network, key] of [["model", "model.module"], ["model_ema", "model_ema"]]) {
      const prefix = `${key}.`;
      const { head } = networkIn<InfoMinHeads>(
        path,
        (name) => name.startsWith(`${prefix}head`) ? name.slice(prefix.length) : null,
      );
      using encoder = loadEncoder(path, { key: `${key}.encoder` });
      const features = encoder.embed(images);
      g.near(features, `${network}.pooled`);
      g.near(instanceHead(features, head), `${network}.head`);
    }
  }
});
