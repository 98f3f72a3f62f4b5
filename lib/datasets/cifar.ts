import { basename, resolve } from "node:path";
import { binaryNames, readBinary } from "./cifar_binary.ts";
import type { CifarBatch, Level } from "./cifar_levels.ts";
import { pythonNames, readPython } from "./cifar_python.ts";
import { displayedDataset } from "./displayed_dataset.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Dataset } from "./sample.ts";
import { split } from "./splits.ts";
import type { FolderOptions } from "./to_dataset.ts";

/** One of the published versions: the names of its folder and files, and how they are read. */
type Version = {
  folder: string;
  train: RegExp;
  test: string;
  levels: readonly Level[];
  read(folder: string, file: string, levels: readonly Level[]): Promise<CifarBatch>;
  names(
    folder: string,
    levels: readonly Level[],
  ): Record<string, string[]> | Promise<Record<string, string[]>>;
};

const level10: readonly Level[] = [{
  name: "class",
  count: 10,
  namesFile: "batches.meta.txt",
  labelsKey: "labels",
  namesKey: "label_names",
}];

const levels100: readonly Level[] = [["coarse", 20], ["fine", 100]].map(([name, count]) => ({
  name: String(name),
  count: Number(count),
  namesFile: `${name}_label_names.txt`,
  labelsKey: `${name}_labels`,
  namesKey: `${name}_label_names`,
}));

const versions: Version[] = [{
  folder: "cifar-10-batches-bin",
  train: /^data_batch_\d+\.bin$/,
  test: "test_batch.bin",
  levels: level10,
  read: readBinary,
  names: binaryNames,
}, {
  folder: "cifar-100-binary",
  train: /^train\.bin$/,
  test: "test.bin",
  levels: levels100,
  read: readBinary,
  names: binaryNames,
}, {
  folder: "cifar-10-batches-py",
  train: /^data_batch_\d+$/,
  test: "test_batch",
  levels: level10,
  read: readPython,
  names: (folder, levels) => pythonNames(`${folder}/batches.meta`, levels),
}, {
  folder: "cifar-100-python",
  train: /^train$/,
  test: "test",
  levels: levels100,
  read: readPython,
  names: (folder, levels) => pythonNames(`${folder}/meta`, levels),
}];

/**
 * CIFAR-10 or CIFAR-100 as it is published, in the folder or in that of its archive, such as
 * `cifar-10-batches-bin`; `null` if neither lies there. Of the binary version, images are read from
 * their file when they are needed; those of the Python version stay in memory.
 *
 * Source: https://www.cs.toronto.edu/~kriz/cifar.html.
 *
 * @throws {Error} If a file is damaged.
 */
export async function cifarFolder(
  folder: string,
  options: FolderOptions = {},
): Promise<Dataset | null> {
  for (const version of versions) {
    for (const place of [folder, `${folder}/${version.folder}`]) {
      const names = await files(place);
      const batches = names.filter((name) => version.train.test(name)).sort(byNumber);
      if (batches.length === 0) continue;
      const { levels, read } = version;
      const train = await Promise.all(batches.map((name) => read(place, name, levels)));
      const test = names.includes(version.test) ? await read(place, version.test, levels) : null;
      return displayedDataset({
        name: basename(resolve(folder)),
        classes: await version.names(place, levels),
        usual: { level: levels.at(-1)!.name, score: "top1" },
        ...await parts({ train, test, version }, options),
      });
    }
  }
  return null;
}

async function parts(
  { train: batches, test, version }: {
    train: CifarBatch[];
    test: CifarBatch | null;
    version: Version;
  },
  { seed = 0, testPart = 0.2 }: FolderOptions,
): Promise<Pick<Dataset, "train" | "test" | "fingerprint" | "notes">> {
  const samples = batches.flatMap(({ samples }) => samples);
  const identities = batches.map(({ identity }) => identity);
  if (test) {
    const lines = [...identities, test.identity];
    return { train: samples, test: test.samples, fingerprint: await fingerprint(lines), notes: [] };
  }
  const level = version.levels.at(-1)!.name; // the finest, whose classes are split alike
  const [train, rest] = split(samples, { level, part: testPart, seed });
  return {
    train,
    test: rest,
    fingerprint: await fingerprint([...identities, `split ${testPart} ${seed}`]),
    notes: [`there is no ${version.test}: ${100 * testPart} % are held out instead`],
  };
}

/** The names of the files in a folder; none where there is no such folder. */
async function files(folder: string): Promise<string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(folder));
    return entries.filter(({ isDirectory }) => !isDirectory).map(({ name }) => name);
  } catch {
    return [];
  }
}

function byNumber(a: string, b: string): number {
  return Number(a.match(/\d+/)?.[0] ?? 0) - Number(b.match(/\d+/)?.[0] ?? 0);
}
