import type { Image } from "../images/mod.ts";
import { evenlySpaced } from "./evenly_spaced.ts";
import type { Dataset } from "./sample.ts";

/** Some images of a class. */
export type Examples = { label: string; pictures: Image[] };

/**
 * Images to learn from, class by class: the first ones of some classes, which are taken at equal
 * distances.
 *
 * @param options `level`: whose classes, by default the first one's; `classes` and `each`: how
 * many, at most.
 * @throws {RangeError} If the data has no such level.
 */
export async function examples(
  { train, classes: names }: Dataset,
  { level = Object.keys(names)[0], classes = 6, each = 8 }: {
    level?: string;
    classes?: number;
    each?: number;
  } = {},
): Promise<Examples[]> {
  const known = names[level];
  if (!known) {
    const levels = Object.keys(names).join(", ") || "none";
    throw new RangeError(`Cannot show classes of the level ${level}: the levels are ${levels}`);
  }
  return await Promise.all(
    evenlySpaced(classes, known.length).map(async (c) => {
      const some = train.filter(({ labels }) => labels[level] === c).slice(0, each);
      return { label: known[c], pictures: await Promise.all(some.map((sample) => sample.read())) };
    }),
  );
}
