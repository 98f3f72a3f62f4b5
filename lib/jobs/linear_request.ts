import {
  gridDecays,
  gridRates,
  type LinearConfig,
  linearFields,
  type LinearSettings,
} from "../configs/mod.ts";
import type { LinearRequest } from "./score_linear.ts";

/** Linear probing on augmented images; fields of its recipe stand beside the other options. */
export type AugmentedRequest =
  & Omit<LinearRequest, "overrides">
  & Partial<LinearSettings>
  & {
    /** Also tries five weight decays and LARS: 360 classifiers, unless `learningRates` says so. */
    wholeGrid?: boolean;
  };

/** Options that only probing on augmented images has. */
const settings = ["preset", ...Object.keys(linearFields), "wholeGrid", "out"];

/** The same request with the fields of the recipe where the job looks for them. */
export function linearRequest({ wholeGrid = false, ...options }: AugmentedRequest): LinearRequest {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  const [fields, rest] = [true, false].map((isField) =>
    Object.fromEntries(entries.filter(([name]) => Object.hasOwn(linearFields, name) === isField))
  );
  const { learningRates = gridRates } = options;
  const grid: Partial<LinearConfig> = wholeGrid
    ? { learningRates, weightDecays: gridDecays, optimizers: ["sgd", "lars"] }
    : {};
  return { ...rest as typeof options, overrides: { ...fields, ...grid } };
}

/**
 * Refuses settings of probing on augmented images where features are frozen.
 *
 * @throws {TypeError} If there is one.
 */
export function refuseSettings(request: Readonly<Record<string, unknown>>): void {
  for (const name of settings) {
    const value = request[name];
    if (value === undefined || value === false) continue;
    throw new TypeError(`\`${name}\` needs \`augment\`: it is a setting of the original's way`);
  }
}
