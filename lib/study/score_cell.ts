import type { MugsConfig } from "../configs/mod.ts";
import { type Dataset, granules, portion } from "../datasets/mod.ts";
import type { VitEncoder } from "../models/mod.ts";
import {
  atLevel,
  baselines,
  disposePair,
  extract,
  type FeaturePair,
  linearProbe,
  type ReadOut,
  readOutNames,
  readOuts,
  sameImage,
  scoreFeatures,
  selectReadOut,
  withMemory,
} from "../protocols/mod.ts";
import type { StudyScore } from "../report/mod.ts";

/** The most images that are scored: those to learn from, half of which are a memory, and others. */
const counts = { train: 3000, test: 1000 };

/** The same of the minerals to which features are transferred. */
const rareCounts = { train: 1000, test: 500 };

/** Images whose views are looked up. */
const retrieved = 200;

/** A linear probe in a tenth of the time of the usual one, for tens of probes a cell. */
const probe = { learningRates: [0.01, 0.03, 0.1, 0.3, 1], epochs: 30 };

/** A probe of more numbers than this is left out: raw pixels of many classes. */
const largestProbe = 2e6;

/** What is scored: the images, and those of rare minerals where they are granules. */
export type Scored = { data: Dataset; transfer: Dataset | null };

/** Opens what a study scores. */
export function scoredData(data: Dataset, size: number): Scored {
  const train = Math.min(data.train.length, rareCounts.train);
  const test = Math.min(data.test.length, rareCounts.test);
  const rare = () => granules({ size: size > 64 ? 256 : 64, train, test, minerals: "rare" });
  return {
    data: portion(data, counts),
    transfer: data.fingerprint.startsWith("granules-") ? rare() : null,
  };
}

/** The scores of an encoder: of its read-outs by all protocols. */
export async function scoreEncoder(
  { data, transfer }: Scored,
  encoder: VitEncoder,
  config: MugsConfig,
): Promise<StudyScore[]> {
  const scores: StudyScore[] = [];
  for (const part of transfer ? [data, transfer] : [data]) {
    const { remembered, scored } = withMemory(part);
    using tokens = await readOuts(encoder, remembered, config);
    const all = await extract(scored, tokens, config);
    for (const readOut of readOutNames) {
      const pair = {
        train: selectReadOut(all.train, tokens, readOut),
        test: selectReadOut(all.test, tokens, readOut),
      };
      const named = { readOut, data: part.name };
      scores.push(...await scorePair(pair, named, { linear: part === data, seed: config.seed }));
      pair.train.x.dispose();
      pair.test.x.dispose();
      if (part === data) {
        const embed = (images: Parameters<typeof tokens.embed>[0]) =>
          tokens.select(tokens.embed(images), readOut);
        scores.push(await retrieval(data, { embed }, { ...config, readOut }));
      }
    }
    disposePair(all);
  }
  return scores;
}

/** The scores of a description that needs no network. */
export async function scoreDescription(
  { data }: Scored,
  description: "raw pixels" | "color histogram",
  config: Pick<MugsConfig, "evalCrop">,
): Promise<StudyScore[]> {
  const pairs = await baselines(withMemory(data).scored, config);
  const named = { readOut: description, data: data.name };
  const scores = await scorePair(pairs[description], named, { linear: true, seed: 0 });
  for (const pair of Object.values(pairs)) disposePair(pair);
  return scores;
}

/** k-NN and, where it is asked for, a linear probe at every level. */
async function scorePair(
  { train, test }: FeaturePair,
  named: Pick<StudyScore, "readOut" | "data">,
  { linear, seed }: { linear: boolean; seed: number },
): Promise<StudyScore[]> {
  const scores: StudyScore[] = [];
  const levels = await scoreFeatures(train, test, { protocol: "knn" });
  for (const { level, knn, ...rest } of levels) {
    const chance = rounded(rest.chance);
    scores.push({ ...named, protocol: "k-NN", level, top1: rounded(knn!.top1), chance });
    if (!linear || train.x.shape[1] * train.classes[level]! > largestProbe) continue;
    const { top1 } = await linearProbe(atLevel(train, level), atLevel(test, level), {
      ...probe,
      seed,
    });
    scores.push({ ...named, protocol: "linear probe", level, top1: rounded(top1), chance });
  }
  return scores;
}

/** How often a view finds the other one of its image. */
async function retrieval(
  { test, name }: Dataset,
  encoder: Parameters<typeof sameImage>[1],
  { readOut, ...crops }: Parameters<typeof sameImage>[2] & { readOut: ReadOut },
): Promise<StudyScore> {
  const images = test.slice(0, retrieved);
  const { found } = await sameImage(images, encoder, { ...crops, rows: 0, k: 1 });
  return {
    ...{ readOut, protocol: "retrieval", level: "image", data: name },
    ...{ top1: rounded(found), chance: 100 / images.length },
  };
}

/** Two digits after the point, which are more than the images can tell. */
function rounded(percent: number): number {
  return +percent.toFixed(2);
}
