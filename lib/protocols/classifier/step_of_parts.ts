import * as tf from "@tensorflow/tfjs";
import { compile, tidy } from "../../compile/mod.ts";
import { dispose, map, type Named } from "../../tree/mod.ts";
import type { CompileClassifierOptions, CompiledClassifierStep } from "./compile_step.ts";
import type { ClassifierNetwork } from "./network.ts";
import type { ClassifierSetup } from "./setup.ts";
import type { ClassifierState } from "./state.ts";
import {
  applyClassifier,
  type ClassifierBatch,
  type ClassifierFacts,
  classifierGradients,
  type ClassifierNow,
} from "./step.ts";

/** A part of a batch, with its columns of the mask of stochastic depth. */
type Part = ClassifierBatch & { mask?: tf.Tensor3D };

/** What is summed over parts. */
type Sum = { gradients: Named; loss: tf.Scalar };

/**
 * A step whose gradients are means over parts of the batch, one after the other, so that only the
 * insides of one part are in memory. The result is that of the whole batch but for rounding.
 */
export function stepOfParts(
  setup: ClassifierSetup,
  { accumulate: parts, precision, ...layout }: CompileClassifierOptions & { accumulate: number },
): CompiledClassifierStep {
  const learn = compile(
    (model: ClassifierNetwork, { mask, ...part }: Part) =>
      tidy((): Sum => {
        const { gradients, loss } = classifierGradients(model, part, { mask, setup, ...layout });
        return { gradients, loss };
      }),
    { name: "part", precision },
  );
  const finish = compile(
    (state: ClassifierState, sum: Sum, now: ClassifierNow) =>
      tidy((): [ClassifierState, ClassifierFacts] => {
        const { gradients, loss } = map((x) => x.div(parts), sum);
        const [next, facts] = applyClassifier(state, { gradients, statistics: {} }, { now, setup });
        return [next, { losses: { total: loss }, signs: {}, ...facts }];
      }),
    { name: "apply" },
  );
  const step = (state: ClassifierState, batch: ClassifierBatch, now: ClassifierNow) => {
    let sum: Sum | null = null;
    for (let index = 0; index < parts; index++) {
      const part = tidy(() => partOf(batch, now, { index, parts }));
      const next: Sum = learn(state.model, part);
      sum = sum ? added(sum, next) : next;
      dispose(part);
    }
    const result = finish(state, sum!, now);
    dispose(sum!);
    return result;
  };
  return Object.assign(step, {
    [Symbol.dispose]() {
      for (const compiled of [learn, finish]) compiled[Symbol.dispose]();
    },
  });
}

/** The sum of two trees, which are used up. */
function added(a: Sum, b: Sum): Sum {
  const sum = tidy(() => map((x, y) => x.add(y), a, b));
  dispose(a, b);
  return sum;
}

function partOf(
  { images, targets }: ClassifierBatch,
  { mask }: ClassifierNow,
  { index, parts }: { index: number; parts: number },
): Part {
  const size = images.shape[0] / parts, from = index * size;
  return {
    images: images.slice([from], [size]),
    targets: targets.slice([from], [size]),
    ...mask && { mask: mask.slice([0, 0, from], [-1, -1, size]) },
  };
}
