import type { Config } from "./config.ts";
import { checkOptions, checkValues } from "./check_fields.ts";
import { checkShared } from "./check_shared.ts";
import { deepclusterV2Recipe } from "./deepcluster_v2/mod.ts";
import { dinoRecipe } from "./dino/mod.ts";
import { infoMinRecipe } from "./info_min/mod.ts";
import { ibotRecipe } from "./ibot/mod.ts";
import { mocoV3Recipe } from "./moco_v3/mod.ts";
import { mugsRecipe } from "./mugs/mod.ts";
import { simsiamRecipe } from "./simsiam/mod.ts";
import { byolRecipe } from "./byol/mod.ts";
import { simclrRecipe } from "./simclr/mod.ts";
import { swavRecipe } from "./swav/mod.ts";
import type { Field } from "./field.ts";
import type { Recipe } from "./recipe.ts";

/**
 * The recipes of all methods by name; the first one is that of a configuration which names no
 * method.
 */
export const recipes = {
  mugs: mugsRecipe,
  dino: dinoRecipe,
  moco_v3: mocoV3Recipe,
  ibot: ibotRecipe,
  simsiam: simsiamRecipe,
  swav: swavRecipe,
  deepcluster_v2: deepclusterV2Recipe,
  byol: byolRecipe,
  simclr: simclrRecipe,
  info_min: infoMinRecipe,
} as const;

/** The name of a method. */
export type MethodName = keyof typeof recipes;

/** The configuration of a recipe. */
export type ConfigOf<R> = R extends Recipe<infer C> ? C : never;

/** The intersection of the members of a union. */
export type All<Union> = (Union extends unknown ? (member: Union) => void : never) extends
  (all: infer Intersection) => void ? Intersection : never;

/** Fields of the configurations of all methods, each of which may be left open. */
export type RecipeFields = Partial<All<ConfigOf<typeof recipes[MethodName]>>>;

/**
 * The method of the command line, unless another one is named, and of stored configurations that
 * name none.
 */
export const defaultMethod: MethodName = "mugs";

/**
 * The recipe of a method.
 *
 * @throws {RangeError} If there is no such method.
 */
export function recipeOf(method: string): Recipe {
  if (Object.hasOwn(recipes, method)) return recipes[method as MethodName];
  const names = Object.keys(recipes).join(", ");
  throw new RangeError(`Cannot use the method "${method}": there are ${names}`);
}

/** Every field of a method's configurations, by name. */
export function fieldsOf(method: string): Readonly<Record<string, Field>> {
  return recipeOf(method).fields;
}

/** The presets of a method, by name. */
export function presetsOf(method: string): Readonly<Record<string, Readonly<Config>>> {
  return recipeOf(method).presets;
}

/**
 * Refuses values that their fields do not take, and what each of them allows but not all together.
 *
 * @throws {RangeError} If it is so, naming them between backquotes, as in code.
 */
export function checkConfig(config: Config): void {
  const recipe = recipeOf(config.method);
  checkValues(recipe, config);
  checkShared(config);
  recipe.check(config);
}

/**
 * Refuses a configuration that lacks what all presets of its method have or has other fields, and values that
 * {@linkcode checkConfig} refuses.
 *
 * @throws {TypeError} If it lacks a field, or there is no such field.
 * @throws {RangeError} If fields do not take their values, or do not fit together.
 */
export function checkWholeConfig(config: Config): void {
  const { fields, presets } = recipeOf(config.method);
  checkOptions(config, Object.fromEntries(Object.keys(fields).map((name) => [name, null])));
  const lacks = (name: string) => (config as Record<string, unknown>)[name] === undefined;
  const [first = {}, ...others] = Object.values(presets);
  const needed = Object.keys(first).filter((name) => others.every((preset) => name in preset));
  const missing = needed.filter(lacks);
  if (missing.length > 0) {
    const names = missing.slice(0, 3).map((name) => `\`${name}\``).join(", ");
    const more = missing.length > 3 ? ` and ${missing.length - 3} more` : "";
    throw new TypeError(
      `The configuration lacks ${names}${more}: spread a preset such as \`tiny\` into it`,
    );
  }
  checkConfig(config);
}

/**
 * A configuration as it was stored: one from before there were several methods names none, and is
 * of the first one.
 *
 * @param stored What a file holds.
 */
export function restoreConfig(stored: object): Config {
  return { method: defaultMethod, ...stored } as Config;
}
