import * as tf from "@tensorflow/tfjs";
import type { Abilities } from "../tensorflow/abilities.ts";
import { registerKernels } from "../tensorflow/kernels.ts";
import type { TensorFlowBackend } from "../tensorflow/mod.ts";

/** Runs `f` with the kernels of a device that can do other things. */
export async function withAbilities(
  abilities: Abilities,
  f: () => void | Promise<void>,
): Promise<void> {
  const { binding, abilities: ours } = tf.backend() as TensorFlowBackend;
  registerKernels(binding, abilities);
  try {
    await f();
  } finally {
    registerKernels(binding, ours);
  }
}
