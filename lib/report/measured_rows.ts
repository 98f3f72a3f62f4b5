import type { Kind, Row } from "./row.ts";

/** The sizes of a network, and the recipe by which it was trained. */
export type Recipe = {
  preset: string;
  seed: number;
  arch: string;
  patchSize: number;
  width: number;
  depth: number;
};

/** The scores of one level, top-1 and chance in percent; `null` where it was not measured. */
export type LevelOutcome = {
  level: string;
  knn: { top1: number } | null;
  linear: { top1: number } | null;
  chance: number;
};

/** The facts that all rows of a run share. */
export type About = {
  data: string;
  levels: number;
  config: Recipe;
  /** Numbers in the backbone, relation blocks and heads left out as in the paper. */
  parameters: number;
  /** Epochs and minutes of training; `null` where existing weights were scored. */
  trained: { epochs: number; minutes: number } | null;
};

/** The scores of a method. */
export type Scored = {
  method: string;
  kind: Kind;
  scores: readonly LevelOutcome[];
};

/** The rows of the table for all methods that were scored, level by level. */
export function measuredRows(
  scored: readonly Scored[],
  { data, levels, config, parameters, trained }: About,
): Row[] {
  const [first] = scored;
  return (first?.scores ?? []).flatMap(({ level }) =>
    scored.map(({ method, kind, scores }) => {
      const score = scores.find((score) => score.level === level)!;
      return {
        method,
        kind,
        arch: kind === "plain" ? "none" : architecture(config),
        parameters: kind === "plain" ? null : parameters / 1e6,
        epochs: kind === "trained" ? trained?.epochs ?? null : null,
        minutes: kind === "trained" ? trained?.minutes ?? null : null,
        preset: kind === "plain" ? null : config.preset,
        linear: score.linear?.top1 ?? null,
        knn: score.knn?.top1 ?? null,
        chance: score.chance,
        level: levels > 1 ? level : null,
        data,
        seed: config.seed,
      };
    })
  );
}

/** The name of an architecture as in the paper, or else its sizes. */
export function architecture({ arch, patchSize, width, depth }: Recipe): string {
  const letters: Record<string, string> = {
    vit_tiny: "Ti",
    vit_small: "S",
    vit_base: "B",
    vit_large: "L",
  };
  const letter = letters[arch];
  if (letter !== undefined) return `ViT-${letter}/${patchSize}`;
  return `ViT ${width}x${depth}/${patchSize}`;
}
