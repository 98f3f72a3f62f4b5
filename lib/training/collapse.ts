import type { FactNumbers } from "./fact.ts";

/**
 * A plain warning if a teacher's features have collapsed, else `null`: its class tokens all point the same way, or the
 * prototypes no longer tell images apart (the mean assignment is as certain as each single one).
 *
 * @param options `share`: the part of the run that is done. At the very beginning all features are alike.
 */
export function collapse(
  { spread, targetEntropy, prototypeEntropy }: Pick<
    FactNumbers,
    "spread" | "targetEntropy" | "prototypeEntropy"
  >,
  { share }: { share: number },
): string | null {
  if (share < 0.1) return null;
  if (spread < 0.05) {
    return `All images have nearly the same features: their spread is ${spread.toFixed(3)} of 1`;
  }
  if (prototypeEntropy - targetEntropy < 0.01) {
    return `All images are assigned to the same prototypes: what the assignment tells of an image is ` +
      `${(prototypeEntropy - targetEntropy).toFixed(3)} nats`;
  }
  return null;
}
