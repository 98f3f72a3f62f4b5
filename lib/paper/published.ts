/** The name of a source. */
export type SourceName =
  | "mugs-readme"
  | "mugs-eval-readme"
  | "mugs-semi-readme"
  | "mugs-fig2"
  | "dino"
  | "ibot"
  | "dinov2";

/** Where published numbers were read. */
export const sources: Readonly<Record<SourceName, string>> = Object.freeze({
  "mugs-readme": "README of sail-sg/mugs (arXiv:2203.14415)",
  "mugs-eval-readme": "eval/eval_linear_probing/README.md and eval/eval_finetuning/README.md of " +
    "sail-sg/mugs",
  "mugs-semi-readme": "eval/eval_semi_supervised_learning/README.md of sail-sg/mugs",
  "mugs-fig2": "Fig. 2 of the README of sail-sg/mugs",
  dino: "DINO, arXiv:2104.14294",
  ibot: "iBOT, arXiv:2111.07832",
  dinov2: "DINOv2, arXiv:2304.07193, whose authors evaluated all methods again",
});

/** A published result in percent: of classification top-1. */
export type PublishedRow = {
  method: string;
  arch: string;
  /** Epochs of pre-training; `null` where they were not stated. */
  epochs: number | null;
  /** The column of the table in which it stands. */
  column: string;
  value: number;
  source: SourceName;
  /** The table or figure of the source. */
  where: string;
  /** What tells it from other rows of the method: the classifier, or the recipe. */
  setting: string | null;
};

/** A row in short. */
export type ShortRow = [
  method: string,
  arch: string,
  epochs: number | null,
  column: string,
  value: number,
  source: SourceName,
  where: string,
  setting?: string,
];

/** Published rows from their short forms; frozen. */
export function published(rows: readonly ShortRow[]): readonly PublishedRow[] {
  return Object.freeze(rows.map(
    ([method, arch, epochs, column, value, source, where, setting = null]) =>
      Object.freeze({ method, arch, epochs, column, value, source, where, setting }),
  ));
}
