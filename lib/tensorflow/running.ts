import * as tf from "@tensorflow/tfjs";

/**
 * Operations of TensorFlow.js that draw random numbers: recorded, they would give the same numbers
 * at every call.
 */
const randomOperations =
  /^(random|truncatedNormal|multinomial|dropout|rand$|randomUniformInt|stochastic)/;

/** The names of the TensorFlow.js operations that are running, the outermost first. */
export function runningOperations(): string[] {
  // TensorFlow.js opens a scope named `<operation>__op` around every operation.
  const { scopeStack } = tf.engine().state as unknown as { scopeStack: { name: string }[] };
  return scopeStack.map(({ name }) => name)
    .filter((name) => name.endsWith("__op"))
    .map((name) => name.slice(0, -"__op".length));
}

/**
 * Refuses values that a random operation writes.
 *
 * @throws {TypeError} If such an operation is running: naming it, and what to do instead.
 */
export function refuseRandom(): void {
  const name = runningOperations().find((name) => randomOperations.test(name));
  if (!name) return;
  throw new TypeError(
    `Cannot use tf.${name} inside compile(): its numbers would be drawn once and then be the ` +
      `same at every call; draw them outside and pass them in as an argument`,
  );
}
