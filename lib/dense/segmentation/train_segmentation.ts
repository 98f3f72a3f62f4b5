import { compile, tidy } from "../../compile/mod.ts";
import { labeledBatches, type LabeledSample, type LabeledTensors } from "../../datasets/mod.ts";
import { type Fact, firstNotFinite, type Loaded, loop, stepsDone } from "../../training/mod.ts";
import type { LabeledViewPlan } from "../../transforms/mod.ts";
import { dispose, type Tree } from "../../tree/mod.ts";
import { segmentationLength, segmentationNow, segmentationRate } from "./now.ts";
import type { SegmentationSetup } from "./setup.ts";
import { initSegmentation, type SegmentationState } from "./state.ts";
import {
  type CompiledSegmentationStep,
  compileSegmentationStep,
  segmentationGradients,
  type SegmentationNow,
} from "./step.ts";

/** Options of {@linkcode trainSegmentation}. */
export type TrainSegmentationOptions = {
  /** The state to continue from, which the run then owns; by default a new one. */
  state?: SegmentationState;
  /** Batches of the data's order that are passed over, those before the state's step among them. */
  passedOver?: number;
  /**
   * A compiled step of the same setup; by default one is compiled, and disposed of at the end.
   */
  step?: CompiledSegmentationStep;
};

/** A fact with the state that it is about. */
export type SegmentationFact = Fact & { state: SegmentationState };

/**
 * Trains a segmenter, and yields a fact after every step. The state of a fact lives until the next
 * fact is requested; the last one is the caller's. The same setup, weights and images give the same
 * run, wherever it is continued.
 *
 * @throws {RangeError} If there are no images, or no step, or labels do not fit their image.
 * @throws {Diverged} If a loss or a gradient is not finite; the state before it is the caller's.
 */
export async function* trainSegmentation(
  samples: readonly LabeledSample[],
  setup: SegmentationSetup,
  { state = initSegmentation(setup), passedOver = 0, step }: TrainSegmentationOptions = {},
): AsyncGenerator<SegmentationFact, void, void> {
  const { config } = setup;
  const length = segmentationLength(config, samples.length);
  const rate = segmentationRate(config, length);
  using compiled = step ? null : compileSegmentationStep(setup);
  const batches = labeledBatches(samples, { ...config, plan: viewPlan(setup) }, {
    from: stepsDone(state) + passedOver,
    to: length.steps + passedOver,
  });
  yield* loop<SegmentationState, SegmentationNow, LabeledTensors>({
    state,
    batches: withoutSkipped(batches),
    passedOver,
    ...length,
    batchSize: config.batchSize,
    step: step ?? compiled!,
    now: (step, batch) => segmentationNow(rate(step), batch, setup),
    rate,
    diagnose: (state, batch, now) => diagnose(state, batch, { now, setup }),
  });
}

/** The longer side of the frame into which images fit, in those of the crop. */
const FRAME = 4;

/** How images are shown in training. */
export function viewPlan({ config }: SegmentationSetup): LabeledViewPlan {
  const { crop, scale: ratios, largestShare, flip, photometric } = config;
  return { frame: [FRAME * crop, crop], ratios, crop, largestShare, flip, photometric };
}

/** Batches as the loop takes them: an image that cannot be read ends the run. */
async function* withoutSkipped(
  batches: ReturnType<typeof labeledBatches>,
): AsyncGenerator<Loaded<LabeledTensors>, void, void> {
  for await (const loaded of batches) yield Object.assign(loaded, { skipped: [] });
}

/**
 * Names the first tensor of a step that broke which is not finite. The first half of the step is
 * repeated for that.
 */
function diagnose(
  state: SegmentationState,
  batch: LabeledTensors,
  { now, setup }: { now: SegmentationNow; setup: SegmentationSetup },
): string {
  const within = (where: string, tree: Tree) => {
    const name = firstNotFinite(tree);
    return name && `"${name}" of ${where}`;
  };
  const before = within("the state before it", state) ?? within("the batch", batch);
  if (before) return before;
  using repeat = compile(
    (state: SegmentationState, batch: LabeledTensors, now: SegmentationNow) =>
      tidy(() => {
        const { losses, gradients } = segmentationGradients(state.model, batch, { now, setup });
        return { losses, gradients };
      }),
    { name: "diagnosis" },
  );
  const { losses, gradients } = repeat(state, batch, now);
  try {
    return within("the losses", losses) ?? within("the gradients", gradients) ??
      "none that is found when the step is repeated";
  } finally {
    dispose(losses, gradients);
  }
}
