import { checkOptions } from "../check_fields.ts";
import type { ClassifierConfig, ClassifierProtocol } from "./config.ts";
import { classifierFields } from "./fields.ts";
import { fineTunePresets } from "./fine_tune.ts";
import { semiSupervisedPresets } from "./semi_supervised.ts";
import { transferPresets } from "./transfer.ts";

/** The presets of the protocols that train a classifier; the first of each is the default. */
export const classifierPresets: Readonly<
  Record<ClassifierProtocol, Readonly<Record<string, Readonly<ClassifierConfig>>>>
> = Object.freeze({
  "fine-tune": fineTunePresets,
  "semi-supervised": semiSupervisedPresets,
  transfer: transferPresets,
});

/**
 * A recipe by its protocol and preset, with other values in place of its own.
 *
 * @throws {RangeError} If there is no such preset, a field does not take its value, or values do
 * not fit together.
 * @throws {TypeError} If there is no such field: its name, and the one that was probably meant.
 */
export function configureClassifier(
  protocol: ClassifierProtocol,
  { preset, overrides = {} }: { preset?: string; overrides?: Partial<ClassifierConfig> } = {},
): Readonly<ClassifierConfig> {
  const presets = classifierPresets[protocol];
  const [first = ""] = Object.keys(presets);
  const name = preset ?? first;
  const base = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (!base) {
    const names = Object.keys(presets).join(", ");
    throw new RangeError(`There is no preset "${name}" of ${protocol}: choose ${names}`);
  }
  const fields: Readonly<Record<string, unknown>> = base;
  const changes = Object.fromEntries(
    Object.entries(overrides).filter(([name, value]) =>
      value !== undefined && value !== fields[name]
    ),
  );
  checkOptions(changes, classifierFields);
  const config = { ...base, ...changes };
  checkClassifier(config);
  return Object.freeze(config);
}

/**
 * Refuses what each field allows but not all together.
 *
 * @throws {RangeError} If fields do not fit together, naming them between backquotes, as in code.
 */
function checkClassifier({ cropScale: [from, to] }: ClassifierConfig): void {
  if (from > to) throw new RangeError(`\`cropScale\` ${from},${to} begins above its end`);
}
