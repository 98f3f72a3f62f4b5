import { flatten, type Tree } from "../tree/mod.ts";

/** What is known of a divergence. */
export type Divergence = {
  /** The step that broke, counted from 0: so many were good before it. */
  step: number;
  /** The first of the losses, or the norm of the gradients, that was not finite, with its value. */
  number?: string;
  /** The first tensor that was not finite, in the order of the computation. */
  tensor: string;
};

/** A loss, a gradient or a parameter is not finite: to go on would spoil all that was learned. */
export class Diverged extends Error {
  /** The step that broke, counted from 0. */
  readonly step: number;

  /**
   * A divergence as an error.
   *
   * @param divergence What is known of it.
   */
  constructor({ step, number, tensor }: Divergence) {
    const broken = number ? `${number}; ` : "";
    super(
      `Training diverged in step ${step + 1}: ${broken}the first tensor with a number that ` +
        `is not finite is ${tensor}`,
    );
    this.name = "Diverged";
    this.step = step;
  }
}

/** The name of the first tensor with a number that is not finite, or `null`. */
export function firstNotFinite(tree: Tree): string | null {
  for (const [name, tensor] of Object.entries(flatten(tree))) {
    if (tensor.dtype === "float32" && !isFinite(tensor.dataSync())) return name;
  }
  return null;
}

function isFinite(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (values[i]! - values[i]! !== 0) return false;
  return true;
}
