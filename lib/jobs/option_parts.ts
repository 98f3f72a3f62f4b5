/** The options that say how a run is saved. */
export const savingNames = ["saveEvery", "keep", "maxRollbacks"];

/**
 * The fields of a recipe that are options beside others: not its name, nor that of its protocol.
 */
export function recipeFieldNames(fields: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(fields).filter((name) => name !== "protocol" && name !== "preset");
}

/** Names of options by the part of a request that they belong to. */
type PartNames = Readonly<Record<string, readonly string[]>>;

/**
 * A request whose options stand beside each other, as a job takes it: each option in the part that
 * it belongs to. What a part itself holds comes before what stands beside it.
 */
export function intoParts(
  request: Readonly<Record<string, unknown>>,
  parts: PartNames,
): Record<string, unknown> {
  const partOf = new Map(
    Object.entries(parts).flatMap(([part, names]) => names.map((name) => [name, part] as const)),
  );
  const options = Object.entries(request).filter(([, value]) => value !== undefined);
  const at = (part: string | undefined) =>
    Object.fromEntries(options.filter(([name]) => partOf.get(name) === part));
  const whole = at(undefined);
  for (const part of Object.keys(parts)) {
    whole[part] = { ...at(part), ...request[part] as object | undefined };
  }
  return whole;
}
