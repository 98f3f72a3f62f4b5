import type { Config } from "./config.ts";
import type { Fields } from "./field.ts";

/** What a reader wants to know of a preset before running it. */
export type Heading = {
  /** Where its values come from. */
  source: string;
  /** What a run of it reached, and where. */
  score: string;
  /** What such a run takes. */
  cost: string;
};

/** How a value follows from another batch than the preset's, where it is not given itself. */
export type Rule<C> = {
  /** The rule in words, and whose it is. */
  about: string;
  /** The value at that batch. */
  value(preset: Readonly<C>, batchSize: number): number;
};

/**
 * What can be said of a method without a tensor: its fields and presets as data. The room `methods`
 * adds the functions. It is apart from them so that a command line can be read, and its help shown,
 * without loading TensorFlow.js.
 */
export type Recipe<C extends Config = Config> = {
  /** How the command line calls it. */
  name: string;
  /** How tables and sentences call it. */
  title: string;
  /** Every field of its configurations. */
  fields: Fields<C>;
  /**
   * Frozen configurations by the names under which the command line knows them; `tiny` is among
   * them.
   */
  presets: Readonly<Record<string, Readonly<C>>>;
  /**
   * What a comparison of methods takes back from the small preset: values that were looked for in
   * this method alone.
   */
  compared?: Readonly<Partial<C>>;
  /** The head of every preset, by its own name. */
  headings: Readonly<Record<string, Heading>>;
  /**
   * Names of presets whose values follow the batch by {@linkcode rules}. Official ones stay as
   * published.
   */
  scaled: readonly string[];
  /** What follows from the batch. */
  rules: Readonly<Partial<Record<keyof C, Rule<C>>>>;
  /**
   * Refuses what each of its own fields allows but not all together.
   *
   * @throws {RangeError} If fields do not fit together, naming them between backquotes, as in code.
   */
  check(config: C): void;
};
