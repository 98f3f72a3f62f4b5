import * as tf from "@tensorflow/tfjs";
import { compile } from "../compile/mod.ts";
import { dispose, type Named, type Tree } from "../tree/mod.ts";
import { type Divergence, firstNotFinite } from "./diverged.ts";
import type { FactNumbers } from "./fact.ts";
import type { StepBatch } from "./pass.ts";
import { precisionOf } from "./precision.ts";
import type { State } from "./state.ts";
import { gradients, type StepOptions } from "./step.ts";

/** Names a loss that is not finite. */
export function brokenLoss(told: FactNumbers): string | undefined {
  const loss = (["instance", "localGroup", "group"] as const)
    .find((name) => !Number.isFinite(told[name]));
  return loss && `the loss "${loss}" is ${told[loss]}`;
}

/**
 * Which tensor of a step that broke is the first that is not finite: of the state before it, the batch, the networks' outputs,
 * the losses, the gradients. The first half of the step is done once more for that.
 */
export function diagnose(
  state: State,
  batch: StepBatch,
  { now, config }: StepOptions,
): Divergence["tensor"] {
  const within = (where: string, tree: Tree) => {
    const name = firstNotFinite(tree);
    return name && `"${name}" of ${where}`;
  };
  const given = within("the state before it", state) ?? within("the batch", batch);
  if (given) return given;
  using again = compile(
    (state: State, batch: StepBatch, now: StepOptions["now"]) =>
      tf.tidy(() => {
        const { intake, losses, gradients: found } = gradients(state, batch, { now, config });
        const { weak: _, ...outputs } = intake;
        return { outputs, losses, found } as tf.TensorContainer;
      }) as { outputs: Named; losses: Named; found: Named },
    { name: "diagnosis", precision: precisionOf(config) },
  );
  const { outputs, losses, found } = again(state, batch, now);
  try {
    return within("the networks' outputs", outputs) ?? within("the losses", losses) ??
      within("the gradients", found) ?? "none that is found when the step is repeated";
  } finally {
    dispose(outputs, losses, found);
  }
}
