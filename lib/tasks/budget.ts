/** How long training lasts: so many minutes, or (`null`) as long as the configuration says. */
export function budget(values: Record<string, unknown>, fallback: number | null): number | null {
  const given = ["minutes", "epochs", "steps"].filter((name) => values[name] !== undefined);
  if (given.length > 1) {
    throw new TypeError(`--${given.join(" and --")} contradict each other: give one of them`);
  }
  if (given.length === 0) return fallback;
  return given[0] === "minutes" ? values.minutes as number : null;
}
