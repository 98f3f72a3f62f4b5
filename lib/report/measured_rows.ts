import type { Row } from "./row.ts";

/** What is told of a network: its sizes, and the recipe it was trained by. */
export type Recipe = {
  preset: string;
  seed: number;
  arch: string;
  imageSize: number;
  patchSize: number;
  width: number;
  depth: number;
  mlpRatio: number;
};

/** The scores of one level; `null` for what was not measured. Top-1 and chance in percent. */
export type LevelOutcome = {
  level: string;
  knn: { top1: number } | null;
  linear: { top1: number } | null;
  chance: number;
};

/** What the rows of a run have in common. */
export type About = {
  data: string;
  levels: number;
  config: Recipe;
  /** Epochs and minutes of training; `null` where weights were given. */
  trained: { epochs: number; minutes: number } | null;
};

/** A scored thing: a name, whether it is a network, whether it was trained. */
export type Scored = {
  method: string;
  kind: "trained" | "untrained" | "plain";
  scores: readonly LevelOutcome[];
};

/** The table's rows of everything that was scored, level by level. */
export function measuredRows(
  scored: readonly Scored[],
  { data, levels, config, trained }: About,
): Row[] {
  return scored[0].scores.flatMap(({ level }) =>
    scored.map(({ method, kind, scores }) => {
      const found = scores.find((score) => score.level === level)!;
      return {
        method,
        arch: kind === "plain" ? "none" : architecture(config),
        parameters: kind === "plain" ? null : parameters(config) / 1e6,
        epochs: kind === "trained" ? trained?.epochs ?? null : null,
        minutes: kind === "trained" ? trained?.minutes ?? null : null,
        preset: kind === "plain" ? null : config.preset,
        linear: found.linear?.top1 ?? null,
        knn: found.knn?.top1 ?? null,
        chance: found.chance,
        level: levels > 1 ? level : null,
        data,
        seed: config.seed,
      };
    })
  );
}

/** The name of an architecture as the paper writes it, or the sizes. */
export function architecture({ arch, patchSize, width, depth }: Recipe): string {
  const letters: Record<string, string> = {
    vit_tiny: "Ti",
    vit_small: "S",
    vit_base: "B",
    vit_large: "L",
  };
  if (arch in letters) return `ViT-${letters[arch]}/${patchSize}`;
  return `ViT ${width}x${depth}/${patchSize}`;
}

/** Numbers in the backbone, relation blocks and heads left out as in the paper. */
export function parameters({ width, depth, mlpRatio, patchSize, imageSize }: Recipe): number {
  const hidden = width * mlpRatio;
  const block = 4 * width + (width + 1) * 3 * width + (width + 1) * width +
    (width + 1) * hidden + (hidden + 1) * width;
  const embedding = (3 * patchSize ** 2 + 1) * width;
  const positions = (2 + (imageSize / patchSize) ** 2) * width;
  return depth * block + embedding + positions + 2 * width;
}
