/**
 * Refuses to show nothing.
 *
 * @param given What is to be shown, one by one.
 * @param subject What messages call the whole: `the losses`.
 * @param items What messages call one of them and others: `steps`.
 * @throws {RangeError} If there is none.
 */
export function checkGiven(given: ArrayLike<unknown>, subject: string, items: string): void {
  if (given.length > 0) return;
  throw new RangeError(`Cannot draw ${subject}: 0 ${items} given, and at least one is needed`);
}

/**
 * Refuses rows of different lengths, or empty ones.
 *
 * @param what What messages call the whole: `the features`.
 * @throws {RangeError} If there are such rows.
 */
export function checkEven(rows: readonly ArrayLike<number>[], what: string): void {
  const length = rows[0]?.length ?? 0;
  const row = length === 0 ? 0 : rows.findIndex((row) => row.length !== length);
  if (row < 0) return;
  throw new RangeError(
    `Cannot draw ${what}: row ${row} has ${rows[row]?.length ?? 0} numbers where ` +
      (length === 0 ? "at least one is needed" : `row 0 has ${length}`),
  );
}
