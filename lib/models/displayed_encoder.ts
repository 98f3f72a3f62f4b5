import { leaves } from "../tree/mod.ts";
import type { Encoder } from "./encoder.ts";

/**
 * Lets a notebook show an encoder that is the value of a cell, in a sentence. The function that
 * Deno's kernel calls is not enumerable.
 */
export function displayedEncoder<T extends Encoder>(encoder: T): T {
  return Object.defineProperty(encoder, Symbol.for("Jupyter.display"), {
    value: () => ({ "text/plain": describeEncoder(encoder) }),
  });
}

function describeEncoder({ name, trained, params, width, multiple }: Encoder): string {
  const tensors = leaves(params);
  const numbers = tensors.reduce((sum, { size }) => sum + size, 0);
  const millions = (numbers / 1e6).toPrecision(3);
  return `${name}, ${trained ? "trained" : "not trained"}: ${millions} million ` +
    `numbers in ${tensors.length} tensors, features of width ${width}` +
    (multiple > 1 ? `, images of multiples of ${multiple} px` : "");
}
