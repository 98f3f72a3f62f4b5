import { escapeControls } from "../images/mod.ts";
import { displayedDataset } from "./displayed_dataset.ts";
import { fingerprint } from "./fingerprint.ts";
import { row } from "./notes.ts";
import type { Dataset, Sample } from "./sample.ts";

/** How a list of images is read. */
export type ListOptions = {
  /** What messages call the list. */
  name?: string;
  /** Only the first classes are learned; by default all are. */
  classes?: number;
  /**
   * Reads the list as the original does: it cuts the last character of every line, whether that is
   * the end of the line or not, and an empty list stands for all images.
   */
  asOriginal?: boolean;
};

/**
 * A data set that learns only from the images of a list, such as the official 1 % and 10 % of
 * ImageNet-1K: a file name in each line, without the folder of its class. In the last line, which
 * has no end, a character too many is passed over, as the official list of 1 % has one.
 *
 * @throws {Error} If the list names no image, or none of a class.
 */
export async function listed(
  data: Dataset,
  text: string,
  { name = "the list", classes = Infinity, asOriginal = false }: ListOptions = {},
): Promise<Dataset> {
  const names = new Set(asOriginal ? originalNames(text) : namesIn(text, data.train));
  const all = asOriginal && text === "";
  const [level = "class", classNames = []] = Object.entries(data.classes)[0] ?? [];
  const learned = ({ labels }: Sample) => (labels[level] ?? Infinity) < classes;
  const train = data.train
    .filter((sample) => learned(sample) && (all || names.has(fileName(sample.id))))
    .sort(inOrderOfWalk);
  if (train.length === 0) {
    throw new Error(
      `Cannot learn from ${
        escapeControls(name)
      }: it names none of the ${data.train.length} images ` +
        `to learn from; give file names such as ${row([fileName(data.train[0]?.id ?? "")])}`,
    );
  }
  const present = new Set(train.map(({ labels }) => labels[level]));
  const absent = classNames.slice(0, classes).filter((_, label) => !present.has(label));
  if (absent.length > 0) {
    throw new Error(
      `Cannot learn from ${escapeControls(name)}: it names no image of ${row(absent)}; add one`,
    );
  }
  return displayedDataset({
    ...data,
    train,
    test: data.test.filter(learned),
    classes: classes < classNames.length
      ? { ...data.classes, [level]: classNames.slice(0, classes) }
      : data.classes,
    fingerprint: await fingerprint([data.fingerprint, ...train.map(({ id }) => id)]),
    notes: [
      ...data.notes ?? [],
      `${train.length} of ${data.train.length} images to learn from are those of ` +
      escapeControls(name),
    ],
  });
}

/**
 * The text of a list.
 *
 * @throws {Error} If it cannot be read.
 */
export async function readList(path: string): Promise<string> {
  return await Deno.readTextFile(path).catch((error) => {
    const missing = error instanceof Deno.errors.NotFound;
    const why = missing ? "there is no such file; see that its path is right" : error.message;
    throw new Error(`Cannot read the list ${escapeControls(path)}: ${why}`);
  });
}

/** The names of a list: every line without its last character. */
function originalNames(text: string): string[] {
  return (text.replace(/\r\n?/g, "\n").match(/[^\n]*\n|[^\n]+$/g) ?? [])
    .map((line) => line.slice(0, -1));
}

/** The names of a list; the last line is repaired if only a character too many makes it unknown. */
function namesIn(text: string, samples: readonly Sample[]): string[] {
  const lines = text.split(/\r\n?|\n/).map((line) => fileName(line.trim()));
  const last = lines.at(-1)!;
  const [whole, cut] = [last, last.slice(0, -1)].map((name) =>
    samples.some(({ id }) => fileName(id) === name)
  );
  return [...lines.slice(0, -1), !whole && cut ? last.slice(0, -1) : last].filter(Boolean);
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The images of a folder come before those of the folders in it. */
function inOrderOfWalk({ id: a }: Sample, { id: b }: Sample): number {
  const [x, y] = [a, b].map((id) => [id.slice(0, -fileName(id).length), fileName(id)]);
  const [[folder, name], [other, second]] = [x, y] as [[string, string], [string, string]];
  if (folder !== other) return folder < other ? -1 : 1;
  return name < second ? -1 : 1;
}
