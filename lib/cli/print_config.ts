import { headings } from "../configs/mod.ts";
import { kebab, type Resolved } from "./config_flags.ts";
import { shown } from "./help.ts";

/**
 * A configuration for the reader: what the preset is, and every value with its origin.
 *
 * @param json Whether as one line of JSON.
 */
export function printed({ config, origins }: Resolved, { json }: { json: boolean }): string {
  const heading = headings[config.preset] ?? { source: "a checkpoint of the official program" };
  const values: [name: string, value: unknown, origin: string][] = Object.entries(config)
    .map(([name, value]) => [name, value, origins[name]]);
  const { learningRate, learningRateBatch, batchSize } = config;
  if (learningRateBatch !== null) {
    const rate = learningRate * batchSize / learningRateBatch;
    const origin = "rule: --learning-rate * --batch-size / --learning-rate-batch (the release's)";
    values.push(["learningRateAtBatch", Number(rate.toPrecision(6)), origin]);
  }
  if (json) {
    const entries = values.map(([name, value, origin]) => [name, { value, origin }]);
    return JSON.stringify({ ...heading, config: Object.fromEntries(entries) }) + "\n";
  }
  const rows = values.map(([name, value, origin]) => [kebab(name), shown(value), origin]);
  const [left, middle] = [0, 1].map((i) => Math.max(...rows.map((row) => row[i].length)));
  const head = Object.entries(heading).map(([name, text]) => `# ${name}: ${text}`);
  const lines = rows.map(([name, value, origin]) =>
    `${name.padEnd(left)}  ${value.padEnd(middle)}  ${origin}`
  );
  return [...head, ...lines].join("\n") + "\n";
}
