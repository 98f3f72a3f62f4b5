import { withOpenFile } from "../../images/mod.ts";
import { row } from "../notes.ts";
import { type Annotations, unusable } from "./annotated.ts";
import { numbersOf } from "./mat_array.ts";
import { readMat } from "./mat.ts";

/** The files by which the layout is recognized. */
export const flowersFiles: readonly string[] = ["imagelabels.mat", "setid.mat"];

/**
 * Oxford's Flowers-102 as it is published: `jpg/`, `imagelabels.mat` and `setid.mat`. Learned from
 * are its training and validation images together, as the field does it; scored is by the mean
 * accuracy of the classes. Classes have numbers instead of names.
 *
 * @throws {Error} If its files do not belong together.
 */
export async function readFlowers(folder: string): Promise<Annotations> {
  const [labelFile, setFile] = flowersFiles.map((name) => `${folder}/${name}`) as [string, string];
  const labels = numbersOf((await readMat(labelFile)).labels);
  if (!labels) throw unusable(labelFile, "it holds no numbers called labels");
  const sets = await readMat(setFile);
  const names = await imageNames(folder);
  const part = (set: string) => {
    const ids = numbersOf(sets[set]);
    if (!ids) throw unusable(setFile, `it holds no numbers called ${set}`);
    return ids.map((id) => {
      const [name, label] = [names[id - 1], labels[id - 1]];
      if (name !== undefined && label !== undefined) {
        return { path: `jpg/${name}`, labels: { class: label - 1 } };
      }
      throw unusable(
        setFile,
        `it names image ${id}, and there are ${names.length} in jpg/ and ${labels.length} labels`,
      );
    });
  };
  const count = labels.reduce((most, label) => Math.max(most, label), 0);
  return {
    train: [...part("trnid"), ...part("valid")],
    test: part("tstid"),
    classes: { class: Array.from({ length: count }, (_, i) => String(i + 1)) },
    usual: { level: "class", score: "perClass" },
  };
}

/** The names of the images, sorted: image 1 is the first. */
async function imageNames(folder: string): Promise<string[]> {
  const path = `${folder}/jpg`;
  const entries = await withOpenFile(() => Array.fromAsync(Deno.readDir(path))).catch(() => {
    throw new Error(
      `Cannot read the images of ${row([folder])}: it holds ${
        flowersFiles.join(" and ")
      }, and no ` +
        "jpg/ beside them; unpack 102flowers.tgz there",
    );
  });
  return entries.map(({ name }) => name).filter((name) => /^[^.].*\.jpe?g$/i.test(name)).sort();
}
