import type { Dataset, Sample } from "../datasets/mod.ts";
import { escapeControls } from "../images/mod.ts";

/** Coarser levels by name, each of which divides the classes of a data set into groups. */
export type Levels = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/**
 * Reads levels from a file of JSON such as
 * `{ "kind": { "animals": ["goldfish", "lion"], "things": ["teapot"] } }`.
 *
 * @throws {SyntaxError} If it holds something else.
 */
export async function readLevels(path: string): Promise<Levels> {
  const text = await Deno.readTextFile(path);
  try {
    const levels = JSON.parse(text);
    if (isRecord(levels) && Object.values(levels).every(isGrouping)) return levels as Levels;
  } catch {
    // The same as something else.
  }
  throw new SyntaxError(
    `Cannot read levels from ${escapeControls(path)}: it takes ` +
      '{ "level": { "group": ["class", ...], ... } }',
  );
}

function isGrouping(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every(Array.isArray);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A data set with coarser levels above its own.
 *
 * @throws {RangeError} If it has no single level, or a class is in no group or in several.
 */
export function withLevels(data: Dataset, levels: Levels): Dataset {
  const [[finest, names] = ["", []], ...others] = Object.entries(data.classes);
  if (names.length === 0 || others.length > 0) {
    throw new RangeError(
      `Cannot add levels to ${escapeControls(data.name)}: they divide the classes of one level, ` +
        `and it has ${others.length + Number(names.length > 0)}`,
    );
  }
  const groupOf = Object.entries(levels).map(([level, groups]) =>
    [level, names.map((name) => indexIn(level, groups, name))] as const
  );
  const relabel = (samples: Dataset["train"]) =>
    samples.map((sample) => {
      const coarse = groupOf.map(([level, group]) => [level, group[sample.labels[finest]!]!]);
      return withLabels(sample, { ...Object.fromEntries(coarse), ...sample.labels });
    });
  const coarse = Object.entries(levels).map(([level, groups]) => [level, Object.keys(groups)]);
  return {
    ...data,
    train: relabel(data.train),
    test: relabel(data.test),
    classes: { ...Object.fromEntries(coarse), ...data.classes },
  };
}

/** A sample with other labels; it reads as before, though it may be of a class. */
function withLabels(sample: Sample, labels: Sample["labels"]): Sample {
  const { id, file, head } = sample;
  return {
    ...{ id, labels, read: () => sample.read() },
    ...file && { file },
    ...head && { head: () => head.call(sample) },
  };
}

/** The number of the group in which a class is. */
function indexIn(level: string, groups: Levels[string], name: string): number {
  const indices = Object.values(groups).flatMap((members, i) => members.includes(name) ? [i] : []);
  if (indices.length === 1) return indices[0]!;
  throw new RangeError(
    `Cannot divide the class ${escapeControls(name)} at the level ${
      escapeControls(level)
    }: it is ` +
      `in ${indices.length} groups, and takes exactly one`,
  );
}
