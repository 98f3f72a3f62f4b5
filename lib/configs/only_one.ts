import type { RunConfig } from "./config.ts";

/**
 * The name of the one option that was given, of some that contradict each other; a switch that is
 * off was not, nor one that is `null`.
 *
 * @throws {TypeError} If more than one was given, naming them between backquotes, as in code.
 */
export function onlyOne<Name extends string>(options: Record<Name, unknown>): Name | undefined {
  const names = (Object.keys(options) as Name[])
    .filter((name) => ![undefined, null, false].includes(options[name] as null));
  if (names.length > 1) {
    const quoted = names.map((name) => `\`${name}\``).join(" and ");
    throw new TypeError(`${quoted} contradict each other: give one of them`);
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
  { minutes }: { minutes?: number | null | undefined },
  { epochs, steps }: Partial<Pick<RunConfig, "epochs" | "steps">>,
): number | null | undefined {
  const name = onlyOne({ minutes, epochs, steps });
  return name === undefined || name === "minutes" ? minutes : null;
}
