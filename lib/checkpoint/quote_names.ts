import { escapeControls } from "../images/mod.ts";

/** Some names for a sentence: `"a", "b", "c" and 9 more`. */
export function quoteNames(names: readonly string[], count = 3): string {
  const quoted = names.slice(0, count).map((name) => quoteName(name));
  const rest = names.length - count;
  if (rest > 0) return `${quoted.join(", ")} and ${rest} more`;
  return [quoted.slice(0, -1).join(", "), quoted.at(-1)].filter(Boolean).join(" and ");
}

/** A name from an untrusted file for a sentence: escaped, and not too long. */
export function quoteName(name: string): string {
  return `"${escapeControls(name.length > 80 ? `${name.slice(0, 80)}...` : name)}"`;
}
