import { escapeControls } from "../images/mod.ts";
import { Random } from "../random/mod.ts";
import { displayedDataset } from "./displayed_dataset.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Dataset } from "./sample.ts";

/** How images with labels are drawn. */
export type LabelShareOptions = {
  seed?: string | number;
  /**
   * The level whose classes are drawn alike; by default the usual one, or else the second coarsest.
   */
  level?: string;
};

/**
 * A data set that learns only from a share of its images, drawn by the seed: equally many of every
 * class, at least one, and no more than the class has.
 *
 * @param share More than 0, and at most 1.
 * @throws {RangeError} If there is no such share, or the images have no labels.
 */
export async function labelShare(
  data: Dataset,
  share: number,
  { seed = 0, level = data.usual?.level ?? secondCoarsest(data) }: LabelShareOptions = {},
): Promise<Dataset> {
  if (!(share > 0 && share <= 1)) {
    throw new RangeError(`\`labelShare\` is more than 0 and at most 1, not ${share}`);
  }
  if (level === undefined || !data.classes[level]) {
    throw new RangeError(
      `Cannot draw labeled images of ${escapeControls(data.name)}: it has no labels`,
    );
  }
  const groups = Map.groupBy(data.train.keys(), (i: number) => data.train[i]!.labels[level]!);
  const each = Math.max(1, Math.round(share * data.train.length / groups.size));
  const rows = [...groups].flatMap(([label, members]) => {
    const order = new Random(`${seed}/labels/${label}`).permutation(members.length);
    return [...order.subarray(0, each)].map((i) => members[i]!);
  });
  const drawn = new Set(rows);
  return displayedDataset({
    ...data,
    train: data.train.filter((_, i) => drawn.has(i)),
    fingerprint: await fingerprint([data.fingerprint, `labels ${share} ${seed} ${level}`]),
    notes: [
      ...data.notes ?? [],
      `${drawn.size} of ${data.train.length} images to learn from are drawn, about ${each} of ` +
      "each class",
    ],
  });
}

function secondCoarsest({ classes }: Dataset): string | undefined {
  const levels = Object.keys(classes);
  return levels[1] ?? levels[0];
}
