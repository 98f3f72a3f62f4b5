import type { Config } from "../configs/mod.ts";
import { kebab } from "./flag.ts";

/**
 * The name of the one flag that was given, of some that contradict each other; a switch that is off
 * was not.
 *
 * @throws {TypeError} If more than one was given.
 */
export function onlyOne<Name extends string>(flags: Record<Name, unknown>): Name | undefined {
  const names = (Object.keys(flags) as Name[])
    .filter((name) => flags[name] !== undefined && flags[name] !== false);
  if (names.length > 1) {
    const dashed = names.map((name) => `--${kebab(name)}`).join(" and ");
    throw new TypeError(`${dashed} contradict each other: give one of them`);
  }
  return names[0];
}

/**
 * The minutes for which to train; `null` where epochs or steps were given instead, `undefined`
 * where nothing was.
 *
 * @throws {TypeError} If more than one of them was given.
 */
export function minutesOf(
  { minutes }: { minutes: number | undefined },
  { epochs, steps }: Partial<Config>,
): number | null | undefined {
  const name = onlyOne({ minutes, epochs, steps });
  return name === undefined || name === "minutes" ? minutes : null;
}
