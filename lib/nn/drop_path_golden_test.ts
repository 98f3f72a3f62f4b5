import { tensor1d } from "@tensorflow/tfjs";
import { golden } from "../testing/goldens.ts";
import { dropPath } from "./drop_path.ts";

golden("downstream_extras", "stochastic depth by given draws is the official one", (g, run) => {
  const keep = 1 - g.json.droppath.drop_prob;
  const draws = Array.from(g.values("droppath.uniform_draws"));
  const mask = tensor1d(draws.map((draw) => Math.floor(keep + draw) / keep));
  const drop = run(dropPath);
  g.near(drop(g.tensor("droppath.input"), mask), "droppath.output");
}, { compiled: true });
