import { agreement, processesOf, use } from "../compile/mod.ts";
import { tiny } from "../configs/mod.ts";
import { untrained } from "../models/mod.ts";
import {
  atLevel,
  baselines,
  type Features,
  features,
  linearProbe,
  scoreFeatures,
} from "../protocols/mod.ts";
import { type ProcessWork, resultFile } from "./in_processes.ts";
import { narrow, noiseSamples } from "./narrow_config.ts";

/** Numbers of every kind that a program makes of images. */
export type SharedScores = Record<string, unknown>;

/** Features and scores of few images, alone or with the processes among which this one is. */
export async function scoreShared(): Promise<SharedScores> {
  const processes = processesOf();
  const all = noiseSamples(51);
  const data = { train: all.slice(0, 40), test: all.slice(40), classes: { class: ["a", "b"] } };
  using encoder = untrained({ ...narrow(tiny), seed: 0 });
  const { classes } = data;
  // Five batches and two: of three processes the last one has no batch in the last rounds.
  const options = { size: 64, evalCrop: "whole" as const, batchSize: 8, classes, processes };
  const [train, test] = [
    await features(encoder.embed, data.train, options),
    await features(encoder.embed, data.test, options),
  ];
  const plain = await baselines({ ...data, name: "noise", fingerprint: "" }, options);
  const sweep = { ks: [1, 7], temperatures: [0.07, 1] };
  const probe = { learningRates: [0.01, 0.1, 1, 10], epochs: 3, processes };
  const numbers = ({ x }: Features) => Array.from(x.dataSync());
  return {
    ...{ train: numbers(train), test: numbers(test) },
    plain: Object.values(plain).map(({ train, test }) => [numbers(train), numbers(test)]),
    knn: await scoreFeatures(train, test, { protocol: "knn", k: 3, sweep, processes }),
    linear: await linearProbe(atLevel(train, "class"), atLevel(test, "class"), probe),
  };
}

if (import.meta.main) {
  const work: ProcessWork<null> = JSON.parse(Deno.args[0]!);
  const { cluster } = work;
  await use("tensorflow", { cluster, intraOpThreads: 1, interOpThreads: 1, device: "cpu" });
  await Deno.writeTextFile(resultFile(work), JSON.stringify(await scoreShared()));
  using group = agreement();
  group.any(false); // none leaves before the others are done
}
