import { recipeOf } from "../configs/mod.ts";
import type { Origin, ResolvedConfig } from "../jobs/mod.ts";
import { formatValue, kebab } from "./flag.ts";

/**
 * A configuration for programs: what the preset is, and every value with its origin.
 */
export function configRecord(resolved: ResolvedConfig): Record<string, unknown> {
  const values = rowsOf(resolved).map(({ name, value, origin }) => [name, { value, origin }]);
  return { ...headingOf(resolved), config: Object.fromEntries(values) };
}

/** A configuration for the reader: what the preset is, and every value with its origin. */
export function printConfig(resolved: ResolvedConfig): string {
  const rows = rowsOf(resolved);
  const cells = rows.map(({ name, value, origin }) => ({
    name: kebab(name),
    value: formatValue(value),
    origin,
  }));
  const width = Math.max(...cells.map(({ name }) => name.length));
  const middle = Math.max(...cells.map(({ value }) => value.length));
  const lines = cells.map(({ name, value, origin }) =>
    `${name.padEnd(width)}  ${value.padEnd(middle)}  ${origin}`
  );
  const head = Object.entries(headingOf(resolved)).map(([name, text]) => `# ${name}: ${text}`);
  return [...head, ...lines].join("\n") + "\n";
}

/** Where the preset comes from. */
function headingOf({ config: { method, preset } }: ResolvedConfig): object {
  return recipeOf(method).headings[preset] ?? { source: "a checkpoint of the official program" };
}

type Row = { name: string; value: unknown; origin: string };

/** Every value with its origin, and the learning rate that follows from the batch. */
function rowsOf({ config, origins }: ResolvedConfig): Row[] {
  const rows = Object.entries(config).map(([name, value]): Row => {
    const origin = origins[name];
    const counted = name === "epochs" && config.steps !== null ? ", but --steps counts" : "";
    return { name, value, origin: origin ? originText(name, origin) + counted : "" };
  });
  const { learningRate, learningRateBatch, batchSize } = config;
  if (learningRateBatch === null) return rows;
  const rate = learningRate * batchSize / learningRateBatch;
  const rule = "--learning-rate * --batch-size / --learning-rate-batch (the release's)";
  const value = Number(rate.toPrecision(6));
  return [...rows, { name: "learningRateAtBatch", value, origin: `rule: ${rule}` }];
}

function originText(name: string, origin: Origin): string {
  switch (origin.kind) {
    case "preset":
      return `preset ${origin.name}`;
    case "rule":
      return `rule: ${origin.name}`;
    case "file":
      return `file ${origin.name}`;
    case "override":
      return `flag --${kebab(name)}`;
    case "checkpoint":
      return "checkpoint";
  }
}
