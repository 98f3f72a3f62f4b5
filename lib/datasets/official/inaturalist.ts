import { escapeControls } from "../../images/mod.ts";
import { type AnnotatedImage, type Annotations, unusable } from "./annotated.ts";

/** The levels of categories, the coarsest first. */
const levels = [
  ...["supercategory", "kingdom", "phylum", "class", "order", "family", "genus", "name"],
] as const;

type Category = Partial<Record<string, unknown>>;

/** A file of images with their categories. */
type Part = {
  images: { file_name: string }[];
  annotations: { category_id: number }[];
};

/** The year of iNaturalist whose files lie among these; `null` if none does. */
export function inaturalistYear(files: readonly string[]): string | null {
  const [year] = files.flatMap((name) => /^train(20\d\d)\.json$/.exec(name)?.[1] ?? []);
  return year !== undefined && files.includes("categories.json") ? year : null;
}

/**
 * iNaturalist 2018 or 2019: `train_val<year>/`, `train<year>.json`, `val<year>.json` and
 * `categories.json`, with eight levels of categories; the usual one is `name`. As in the original,
 * classes are numbered as they first appear among the annotations to learn from, and the category
 * of an image is the third part of its path.
 *
 * @throws {Error} If its files do not belong together.
 */
export async function readInaturalist(folder: string, year: string): Promise<Annotations> {
  const categoryFile = `${folder}/categories.json`;
  const categories = await readJson<Category[]>(categoryFile);
  if (!Array.isArray(categories)) throw unusable(categoryFile, "it is no list of categories");
  const [trainFile, testFile] = ["train", "val"].map((part) => `${folder}/${part}${year}.json`) as [
    string,
    string,
  ];
  const train = await readPart(trainFile);
  const test = await readPart(testFile);
  const present = levels.filter((level) => categories.every((category) => level in category));
  const classes = Object.fromEntries(present.map((level) => {
    const names = train.annotations.map(({ category_id: id }) => categories[id]?.[level]);
    return [level, [...new Set(names.map(String))]];
  }));
  const numbers = present.map((level) =>
    [level, new Map(classes[level]!.map((name, i) => [name, i]))] as const
  );
  const toImage = (file: string) => ({ file_name: path }: Part["images"][number]) => {
    const category = categories[Number(path.split("/")[2])];
    const labels = numbers.map(([level, index]) => [level, index.get(String(category?.[level]))]);
    if (category && labels.every(([, label]) => label !== undefined)) {
      return { path, labels: Object.fromEntries(labels) } as AnnotatedImage;
    }
    const why = `the category of ${escapeControls(path)} has no image to learn from`;
    throw unusable(file, why);
  };
  return {
    train: train.images.map(toImage(trainFile)),
    test: test.images.map(toImage(testFile)),
    classes,
    usual: { level: "name", score: "top1" },
  };
}

async function readPart(path: string): Promise<Part> {
  const part = await readJson<Partial<Part> | null>(path);
  const { images, annotations } = part ?? {};
  const whole = Array.isArray(images) &&
    images.every((image) => typeof image?.file_name === "string");
  if (whole && Array.isArray(annotations)) return { images, annotations };
  throw unusable(path, "it lacks images or annotations");
}

async function readJson<T>(path: string): Promise<T> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    const missing = error instanceof Deno.errors.NotFound;
    throw unusable(path, missing ? "there is no such file" : "it is no JSON");
  }
}
