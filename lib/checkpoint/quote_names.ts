/** Some names for a sentence: `"a", "b", "c" and 9 more`. */
export function quoteNames(all: readonly string[], shown = 3): string {
  const quoted = all.slice(0, shown).map((name) => `"${name}"`);
  const rest = all.length - shown;
  if (rest > 0) return `${quoted.join(", ")} and ${rest} more`;
  return [quoted.slice(0, -1).join(", "), quoted.at(-1)].filter(Boolean).join(" and ");
}
