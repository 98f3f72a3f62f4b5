import { compile, tidy } from "../../compile/mod.ts";
import { firstNotFinite } from "../../training/mod.ts";
import { dispose, type Tree } from "../../tree/mod.ts";
import type { ClassifierSetup } from "./setup.ts";
import type { ClassifierState } from "./state.ts";
import { type ClassifierBatch, classifierGradients, type ClassifierNow } from "./step.ts";

/**
 * Names the first tensor of a step that broke which is not finite: of the state before it, the
 * batch, the logits, the loss, the gradients. The first half of the step is repeated for that.
 */
export function diagnoseClassifier(
  state: ClassifierState,
  batch: ClassifierBatch,
  { now: { mask }, setup }: { now: ClassifierNow; setup: ClassifierSetup },
): string {
  const before = within("the state before it", state) ?? within("the batch", batch);
  if (before) return before;
  using repeat = compile(
    (state: ClassifierState, batch: ClassifierBatch, now: Pick<ClassifierNow, "mask">) =>
      tidy(() => {
        const { statistics: _, ...lesson } = classifierGradients(state.model, batch, {
          ...now,
          setup,
        });
        return lesson;
      }),
    { name: "diagnosis" },
  );
  const { logits, loss, gradients } = repeat(state, batch, mask ? { mask } : {});
  try {
    return within("the network's outputs", { logits }) ?? within("the losses", { loss }) ??
      within("the gradients", gradients) ?? "none that is found when the step is repeated";
  } finally {
    dispose(logits, loss, gradients);
  }
}

function within(where: string, tree: Tree): string | null {
  const name = firstNotFinite(tree);
  return name && `"${name}" of ${where}`;
}
