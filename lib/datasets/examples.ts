import type { Image } from "../images/mod.ts";
import { evenlySpaced } from "./evenly_spaced.ts";
import type { Dataset } from "./sample.ts";

/** Images of a class. */
export type Examples = { label: string; pictures: Image[] };

/**
 * Images to learn from, class by class: the first ones of evenly spaced classes.
 *
 * @param options `level`: the level of the classes, by default the first one; `classes` and `each`:
 * the most classes, and images of each.
 * @throws {RangeError} If the data has no such level.
 */
export async function examples(
  { train, classes: levels }: Dataset,
  { level = Object.keys(levels)[0] ?? "class", classes = 6, each = 8 }: {
    level?: string;
    classes?: number;
    each?: number;
  } = {},
): Promise<Examples[]> {
  const names = levels[level];
  if (!names) {
    const others = Object.keys(levels).join(", ") || "none";
    throw new RangeError(`Cannot show classes of the level ${level}: the levels are ${others}`);
  }
  return await Promise.all(
    evenlySpaced(classes, names.length).map(async (label) => {
      const samples = train.filter(({ labels }) => labels[level] === label).slice(0, each);
      const pictures = await Promise.all(samples.map((sample) => sample.read()));
      return { label: names[label]!, pictures };
    }),
  );
}
