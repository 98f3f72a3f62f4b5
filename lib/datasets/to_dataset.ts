import { basename, resolve } from "node:path";
import { escapeControls } from "../images/mod.ts";
import { classWords } from "./class_words.ts";
import { deepGray } from "./deep_gray.ts";
import { displayedDataset } from "./displayed_dataset.ts";
import { fingerprint } from "./fingerprint.ts";
import { noteOn } from "./notes.ts";
import type { Dataset, Sample } from "./sample.ts";
import { split } from "./splits.ts";

/** How a folder of images is read. */
export type FolderOptions = {
  /** Seed of the split, where the folder has no test part; 0 by default. */
  seed?: string | number;
  /** Share of each class that is held out then; 0.2 by default. */
  testPart?: number;
  /** Turns images as their EXIF orientation says. */
  exif?: boolean;
  /**
   * Whether there is to be a test part, as by default; otherwise one that does not fit the classes
   * is left aside.
   */
  scored?: boolean;
  /**
   * Reads what is odd in the original's reader as it does: the labels of Stanford Cars count from
   * 1, and the number of its classes is that of the lower edges of boxes.
   */
  asOriginal?: boolean;
  /** A folder where the list of very many images is kept for later; by default it is not. */
  listings?: string;
};

/** An image with the name of its class, `null` where it has none. */
export type ImageEntry = Omit<Sample, "labels"> & {
  label: string | null;
  /** Bytes of its file. */
  size: number;
  /** The same image with its labels; absent where a new record has to be made. */
  labeled?(labels: Sample["labels"]): Sample;
};

/** A part of a data set. */
export type LabeledPart = {
  /** What messages call it: `val/`, if it is a folder, or "the test part". */
  name: string;
  images: ImageEntry[];
};

/** Two parts that become a data set. */
export type LabeledParts = {
  folder: string;
  train: LabeledPart;
  /** `null` where a part of the training images is held out instead. */
  test: LabeledPart | null;
  /** Whether class names that are all numbers are sorted by their value. */
  numeric?: boolean;
  /** Sentences for the user. */
  notes: string[];
};

/**
 * A data set of images whose classes have names, or are called in words that lie beside the images
 * (see {@linkcode classWords}). Names that differ only in their Unicode form, as
 * those of macOS do, are one class.
 *
 * @throws {Error} If there is to be a test part and its classes do not fit those to learn from.
 */
export async function toDataset(
  { folder, train, test, numeric = false, notes }: LabeledParts,
  { seed = 0, testPart = 0.2, exif = false, scored = true }: FolderOptions,
): Promise<Dataset> {
  const classes = classNames(train.images, numeric);
  const index = new Map(classes.map((name, i) => [name, i]));
  const labeled = classes.length > 0;
  const { words, notes: onWords } = await classWords(folder, classes);
  const misfit = misfitOf({ folder, train, test }, index);
  if (misfit && scored) {
    throw new Error(
      `Cannot score on ${where(folder, misfit.part)}: ${misfit.why}; ${misfit.advice}`,
    );
  }
  const labelsOf = new Map(classes.map((name, i) => [name, { class: i }]));
  const toSample = (entry: ImageEntry): Sample => {
    const { label } = entry;
    const labels = labeled && label !== null ? labelsOf.get(label.normalize())! : {};
    if (entry.labeled) return entry.labeled(labels);
    const { id, read, file, head } = entry;
    return { id, labels, read, ...file && { file }, ...head && { head } };
  };
  const images = train.images.map(toSample);
  const tested = labeled && !misfit && test !== null && test.images.length > 0;
  const held = labeled && !misfit && !tested;
  const [learn, score] = held
    ? split(images, { level: "class", part: testPart, seed })
    : [images, tested ? test.images.map(toSample) : []];
  return displayedDataset({
    name: basename(resolve(folder)),
    train: learn,
    test: score,
    classes: labeled ? { class: words } : {},
    fingerprint: await fingerprint(
      identities([...train.images, ...tested ? test.images : []], [
        ...tested ? [] : [`split ${testPart} ${seed}`],
        ...exif ? ["exif"] : [],
      ]),
    ),
    notes: [
      ...notes,
      ...onWords,
      ...await deepGray(train.images),
      ...unicodeForms([...train.images, ...test?.images ?? []]),
      ...misfit ? [`${leftAside(misfit.part, train)} left aside: ${misfit.why}`] : [],
      ...held && test
        ? [
          `${test.name} holds no images: ${100 * testPart} % of ${train.name} are held out instead`,
        ]
        : [],
    ],
  });
}

/** The names of the classes, sorted; none where an image has no class. */
function classNames(images: readonly ImageEntry[], numeric: boolean): string[] {
  const names = new Set<string>();
  for (const { label } of images) {
    if (label === null) return [];
    names.add(label.normalize());
  }
  const numbers = numeric && [...names].every((name) => /^\d+$/.test(name));
  return numbers ? [...names].sort((a, b) => Number(a) - Number(b)) : [...names].sort();
}

/** A part that cannot be scored on, or learned from with its classes. */
type Misfit = { part: LabeledPart; why: string; advice: string };

function misfitOf(
  { folder, train, test }: Pick<LabeledParts, "folder" | "train" | "test">,
  index: Map<string, number>,
): Misfit | null {
  const bare = train.images.find(({ label }) => label === null);
  if (bare && train.images.some(({ label }) => label !== null)) {
    const why = `its image ${escapeControls(bare.id)} has no class, and others have one`;
    return { part: train, why, advice: "give it a class or remove it" };
  }
  if (bare || !test) return null;
  const foreign = test.images.find(({ label }) => label === null || !index.has(label.normalize()));
  if (!foreign) return null;
  if (foreign.label === null) {
    const why = `its image ${escapeControls(foreign.id)} lies in no class`;
    return { part: test, why, advice: "give it the folder of its class" };
  }
  const others = `the ${index.size} of ${where(folder, train)}`;
  const why = `its class "${escapeControls(foreign.label)}" is not among ${others}`;
  return { part: test, why, advice: `add it to ${train.name}` };
}

/** What of a part that does not fit is left aside: of that to learn from, its classes alone. */
function leftAside(part: LabeledPart, train: LabeledPart): string {
  return part === train ? `the classes of ${part.name || "the images"} are` : `${part.name} is`;
}

/** A part as messages name it: by its path, where it is a folder. */
function where(folder: string, { name }: LabeledPart): string {
  const path = escapeControls(folder);
  if (name === "") return path;
  return name.endsWith("/") ? `${path}/${name.slice(0, -1)}` : `${name} of ${path}`;
}

/** What makes images others, and how they are taken. */
function* identities(images: readonly ImageEntry[], options: readonly string[]) {
  for (const image of images) yield identity(image);
  yield* options;
}

/** What makes an image another one: its path and size, not when it was written. */
function identity({ id, size, label }: ImageEntry): string {
  return `${id} ${size} ${label ?? ""}`.normalize();
}

/** A sentence on classes whose names are spelled in two Unicode forms. */
function unicodeForms(images: readonly ImageEntry[]): string[] {
  const spelled = new Set(images.flatMap(({ label }) => label ?? []));
  const names = Map.groupBy(spelled, (name) => name.normalize());
  const double = [...names].filter(([, forms]) => forms.length > 1).map(([name]) => name);
  return noteOn(
    double,
    "is spelled in two Unicode forms, which are taken for one class",
    "classes are spelled in two Unicode forms each, which are taken for one class",
  );
}
