/**
 * Refuses a number that is no integer within bounds.
 *
 * @throws {RangeError} Naming it.
 */
export function checkInteger(name: string, count: number, [least, most]: [number, number]): void {
  if (Number.isInteger(count) && count >= least && count <= most) return;
  throw new RangeError(`\`${name}\` takes an integer from ${least} to ${most}, not ${count}`);
}
