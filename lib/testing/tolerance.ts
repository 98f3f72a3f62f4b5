/**
 * How near a value must come: |a - b| <= atol + rtol |b|, or equality, or a share within a bound.
 */
export type Tolerance = {
  match: string;
  exact?: boolean;
  atol?: number;
  rtol?: number;
  max_abs?: number;
  share?: number;
};

/** The tolerances of every golden set, as in `tolerances.json`. */
export type Tolerances = Record<string, Tolerance[]>;

/**
 * The first tolerance of a set whose pattern matches. A set that is not listed takes the longest
 * listed name that it begins with.
 */
export function tolerance(tolerances: Tolerances, set: string, name: string): Tolerance {
  const listed = Object.keys(tolerances)
    .filter((key) => set.startsWith(key) && Array.isArray(tolerances[key]))
    .sort((a, b) => b.length - a.length)[0];
  const first = listed && tolerances[listed]?.find(({ match }) => matches(match, name));
  if (first) return first;
  throw new Error(`Cannot compare "${name}": no tolerance is given for set "${set}"`);
}

/**
 * Tells whether a name fits a pattern in which `*` stands for any text and `|` separates
 * alternatives.
 */
export function matches(pattern: string, name: string): boolean {
  const expression = pattern.split("|").map((p) =>
    p.split("*").map((text) => text.replace(/[.+?^${}()[\]\\]/g, "\\$&")).join(".*")
  );
  return new RegExp(`^(${expression.join("|")})$`, "s").test(name);
}

/**
 * Compares values with expected ones.
 *
 * @throws {Error} If they are too far apart, saying how far at worst and where; `NaN` is never
 * near.
 */
export function assertWithin(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { name, tolerance }: { name: string; tolerance: Tolerance },
): void {
  if (actual.length !== expected.length) {
    throw new Error(`"${name}" should have ${expected.length} values, and has ${actual.length}`);
  }
  const { exact, atol = 0, rtol = 0, max_abs: bound, share = 1 } = tolerance;
  let outside = 0, worst = -1, excess = -Infinity;
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [actual[i]!, expected[i]!];
    const allowed = exact ? 0 : bound ?? atol + rtol * Math.abs(b);
    const distance = Object.is(a, b) ? 0 : Math.abs(a - b);
    if (distance <= allowed) continue;
    outside++;
    if (distance - allowed > excess || Number.isNaN(distance)) {
      [worst, excess] = [i, Number.isNaN(distance) ? Infinity : distance - allowed];
    }
  }
  if (outside <= (1 - share) * expected.length) return;
  throw new Error(
    `"${name}": ${outside} of ${expected.length} values are too far from the golden ones; ` +
      `at worst, value ${worst} is ${actual[worst]} and should be ${expected[worst]} (${
        JSON.stringify(tolerance)
      })`,
  );
}
