/** Makes an assertion fail with an AssertionError unless `expr` is truthy. */
export function assert(expr: unknown, msg?: string): asserts expr;
/** Deep equality. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void;
/** Deep inequality. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void;
/** `Object.is` equality. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T;
/** Numbers equal within `tolerance` (absolute). */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  msg?: string,
): void;
/** Neither null nor undefined. */
export function assertExists<T>(actual: T, msg?: string): asserts actual is NonNullable<T>;
/** `actual > expected`. */
export function assertGreater<T>(actual: T, expected: T, msg?: string): void;
/** `actual >= expected`. */
export function assertGreaterOrEqual<T>(actual: T, expected: T, msg?: string): void;
/** `actual < expected`. */
export function assertLess<T>(actual: T, expected: T, msg?: string): void;
/** `actual <= expected`. */
export function assertLessOrEqual<T>(actual: T, expected: T, msg?: string): void;
/** `actual` matches the regular expression. */
export function assertMatch(actual: string, expected: RegExp, msg?: string): void;
/** `actual` does not match the regular expression. */
export function assertNotMatch(actual: string, expected: RegExp, msg?: string): void;
/** `actual` contains `expected`. */
export function assertStringIncludes(actual: string, expected: string, msg?: string): void;
/** `fn` throws; returns the error. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  // deno-lint-ignore no-explicit-any
  ErrorClass?: (new (...args: any[]) => E) | (abstract new (...args: any[]) => E),
  msgIncludes?: string,
  msg?: string,
): E;
/** `fn` rejects; resolves to the error. */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  // deno-lint-ignore no-explicit-any
  ErrorClass?: (new (...args: any[]) => E) | (abstract new (...args: any[]) => E),
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
/** Always fails. */
export function fail(msg?: string): never;
