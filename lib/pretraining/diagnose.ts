import * as tf from "@tensorflow/tfjs";
import { compile } from "../compile/mod.ts";
import type { Batch } from "../datasets/mod.ts";
import { type Divergence, firstNotFinite } from "../training/mod.ts";
import { dispose, type Named, type Tree } from "../tree/mod.ts";
import type { Now } from "./now.ts";
import { precisionOf } from "./precision.ts";
import type { State } from "./state.ts";
import { gradients, type StepOptions } from "./step.ts";

/**
 * Names the first tensor of a step that broke which is not finite: of the state before it, the
 * batch, the networks' outputs, the losses, the gradients. The first half of the step is repeated
 * for that.
 */
export function diagnose(
  state: State,
  batch: Batch,
  { now, config, processes }: Pick<StepOptions, "now" | "config" | "processes">,
): Divergence["tensor"] {
  const before = within("the state before it", state) ?? within("the batch", batch);
  if (before && !processes) return before; // of several, each would wait for one that returns
  using repeat = compile(
    (state: State, batch: Batch, now: Now) =>
      tf.tidy(() => {
        const pass = gradients(state, batch, { now, config, processes });
        return { outputs: pass.intake, losses: pass.losses, gradients: pass.gradients };
      }) as Record<"outputs" | "losses" | "gradients", Named>,
    { name: "diagnosis", precision: precisionOf(config) },
  );
  const again = repeat(state, batch, now);
  try {
    return before ?? within("the networks' outputs", again.outputs) ??
      within("the losses", again.losses) ??
      within("the gradients", again.gradients) ??
      "none that is found when the step is repeated";
  } finally {
    dispose(again);
  }
}

function within(where: string, tree: Tree): string | null {
  const name = firstNotFinite(tree);
  return name && `"${name}" of ${where}`;
}
