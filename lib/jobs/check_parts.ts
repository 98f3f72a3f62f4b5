import { checkOptions, type OptionField, requestFields } from "../configs/mod.ts";

const count: OptionField = { kind: "integer", min: 0, max: 1e9, about: "Images of a part" };
const { saveEvery, keep, maxRollbacks, accumulate, recompute } = requestFields;

/** What the options take that are objects themselves. */
const parts: Readonly<Record<string, Readonly<Record<string, OptionField | null>>>> = {
  images: { train: count, test: count },
  saving: { saveEvery, keep, maxRollbacks },
  layout: { accumulate, recompute, chains: null, lean: null },
};

/**
 * Refuses options of a request that are objects with other names or values than they take. One that
 * is `undefined` or `null` is left open.
 *
 * @throws {TypeError} If there is no such option.
 * @throws {RangeError} If an option does not take its value.
 */
export function checkParts(request: Readonly<Record<string, unknown>>): void {
  for (const [name, fields] of Object.entries(parts)) {
    const value = request[name];
    if (value === undefined || value === null) continue;
    if (typeof value !== "object" || Array.isArray(value)) {
      const names = Object.keys(fields).join(", ");
      throw new RangeError(`\`${name}\` takes an object of ${names}, not ${String(value)}`);
    }
    const within = (record: object) =>
      Object.fromEntries(
        Object.entries(record).map(([inner, entry]) => [`${name}.${inner}`, entry]),
      );
    checkOptions(within(value), within(fields));
  }
}
