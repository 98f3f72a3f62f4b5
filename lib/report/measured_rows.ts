import type { Kind, Row } from "./row.ts";

/** The scores of one level, top-1 and chance in percent; `null` where it was not measured. */
export type LevelOutcome = {
  level: string;
  knn: { top1: number } | null;
  linear: { top1: number } | null;
  chance: number;
};

/** What a training took: see {@linkcode Row}. */
export type TrainingCosts = {
  epochs: number;
  minutes: number;
  imagesPerSecond?: number;
  memory?: number | null;
};

/** The facts that all rows of a run share. */
export type About = {
  data: string;
  levels: number;
  config: { preset: string | null; seed: number };
  network: { arch: string; parameters: number };
  /** Epochs and minutes of training; `null` where existing weights were scored. */
  trained: TrainingCosts | null;
};

/** The scores of a method. */
export type Scored = {
  method: string;
  kind: Kind;
  scores: readonly LevelOutcome[];
};

/**
 * The rows of the table for all methods that were scored, level by level.
 *
 * @throws {RangeError} If a method was not scored at a level of the first one.
 */
export function measuredRows(
  scored: readonly Scored[],
  { data, levels, config, network, trained }: About,
): Row[] {
  const [first] = scored;
  return (first?.scores ?? []).flatMap(({ level }) =>
    scored.map(({ method, kind, scores }) => {
      const score = scores.find((score) => score.level === level);
      if (!score) {
        throw new RangeError(
          `Cannot list ${method} at the level ${level}: it has no score there, and others have; ` +
            "score all methods at the same levels",
        );
      }
      return {
        method,
        kind,
        arch: kind === "plain" ? "none" : network.arch,
        parameters: kind === "plain" ? null : network.parameters / 1e6,
        ...costsOf(kind === "trained" ? trained : null),
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

/** What a training took, or nothing of it. */
function costsOf(
  training: TrainingCosts | null,
): Pick<Row, "epochs" | "minutes" | "imagesPerSecond" | "memory"> {
  const { epochs = null, minutes = null, imagesPerSecond = null, memory = null } = training ?? {};
  return { epochs, minutes, imagesPerSecond, memory };
}
