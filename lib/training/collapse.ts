/**
 * A plain warning if features have collapsed, else `null`: they all point the same way, their
 * projections lie on one line, or the prototypes no longer tell images apart (the mean assignment
 * is as certain as each single one). It looks at the signs that there are.
 *
 * @param signs `spread`, `dimensions`, `targetEntropy` and `prototypeEntropy`, where a method
 * measures them.
 * @param options `share`: the part of the run that is done. At the very beginning all features are
 * alike.
 */
export function collapse(
  { spread, dimensions, targetEntropy, prototypeEntropy }: Readonly<Record<string, number>>,
  { share }: { share: number },
): string | null {
  if (share < 0.1) return null;
  if (spread !== undefined && spread < 0.05) {
    return `All images have nearly the same features: their spread is ${spread.toFixed(3)} of 1`;
  }
  if (dimensions !== undefined && dimensions < 1.2) {
    return `All projections lie on one line: they span ${dimensions.toFixed(2)} dimensions`;
  }
  if (targetEntropy === undefined || prototypeEntropy === undefined) return null;
  const information = prototypeEntropy - targetEntropy;
  if (information >= 0.01) return null;
  return `All images are assigned to the same prototypes: the assignment of an image carries ` +
    `${information.toFixed(3)} nats of information`;
}
