import { basename, resolve } from "node:path";
import { escapeControls, type Image } from "../images/mod.ts";
import { displayedDataset } from "./displayed_dataset.ts";
import { fingerprint, sha256 } from "./fingerprint.ts";
import type { Dataset, Sample } from "./sample.ts";
import { readSlice } from "./slice.ts";
import { split } from "./splits.ts";
import type { FolderOptions } from "./to_dataset.ts";

/** Pixels of a side, and bytes of an image: all red, then all green, then all blue. */
const SIDE = 32, PLANE = SIDE * SIDE, BYTES = 3 * PLANE;

/** A level of classes: its name, the file of the classes' names, and their number. */
type Level = { name: string; names: string; count: number };

/** CIFAR-10 or CIFAR-100: the names of its files, and the labels before the pixels of an image. */
type Kind = {
  folder: string;
  train: RegExp;
  test: string;
  levels: Level[];
  /** The level whose classes are split alike. */
  finest: string;
};

const kinds: Kind[] = [{
  folder: "cifar-10-batches-bin",
  train: /^data_batch_\d+\.bin$/,
  test: "test_batch.bin",
  levels: [{ name: "class", names: "batches.meta.txt", count: 10 }],
  finest: "class",
}, {
  folder: "cifar-100-binary",
  train: /^train\.bin$/,
  test: "test.bin",
  levels: [
    { name: "coarse", names: "coarse_label_names.txt", count: 20 },
    { name: "fine", names: "fine_label_names.txt", count: 100 },
  ],
  finest: "fine",
}];

/**
 * CIFAR-10 or CIFAR-100 in the original binary layout, in the folder or in its
 * `cifar-10-batches-bin` or `cifar-100-binary`; `null` if neither lies there. Images are read from
 * their file when they are needed.
 *
 * Source: https://www.cs.toronto.edu/~kriz/cifar.html, "Binary version".
 *
 * @throws {Error} If a file is damaged.
 */
export async function cifarFolder(
  folder: string,
  options: FolderOptions = {},
): Promise<Dataset | null> {
  for (const kind of kinds) {
    for (const place of [folder, `${folder}/${kind.folder}`]) {
      const names = await files(place);
      const batches = names.filter((name) => kind.train.test(name)).sort(byNumber);
      if (batches.length === 0) continue;
      const train = await Promise.all(batches.map((name) => readBatch(place, name, kind)));
      const test = names.includes(kind.test) ? await readBatch(place, kind.test, kind) : null;
      return displayedDataset({
        name: basename(resolve(folder)),
        classes: await classNames(place, kind),
        ...await parts({ train, test, kind }, options),
      });
    }
  }
  return null;
}

/** The images of one file, and a line that identifies its content. */
type Batch = { samples: Sample[]; identity: string };

async function parts(
  { train: batches, test, kind }: { train: Batch[]; test: Batch | null; kind: Kind },
  { seed = 0, testPart = 0.2 }: FolderOptions,
): Promise<Pick<Dataset, "train" | "test" | "fingerprint" | "notes">> {
  const samples = batches.flatMap(({ samples }) => samples);
  const identities = batches.map(({ identity }) => identity);
  if (test) {
    const lines = [...identities, test.identity];
    return { train: samples, test: test.samples, fingerprint: await fingerprint(lines), notes: [] };
  }
  const [train, rest] = split(samples, { level: kind.finest, part: testPart, seed });
  return {
    train,
    test: rest,
    fingerprint: await fingerprint([...identities, `split ${testPart} ${seed}`]),
    notes: [`there is no ${kind.test}: ${100 * testPart} % are held out instead`],
  };
}

/** The images of one file. */
async function readBatch(folder: string, file: string, { levels }: Kind): Promise<Batch> {
  const path = `${folder}/${file}`;
  const bytes = await Deno.readFile(path);
  const stride = levels.length + BYTES;
  if (bytes.length === 0 || bytes.length % stride !== 0) {
    throw damaged(
      path,
      `its ${bytes.length} bytes are no whole number of images of ${stride}`,
    );
  }
  const samples = Array.from({ length: bytes.length / stride }, (_, i): Sample => {
    const start = i * stride;
    const labels = Object.fromEntries(levels.map(({ name, count }, level) => {
      const label = bytes[start + level]!;
      if (label < count) return [name, label];
      const why = `image ${i} has the ${name} label ${label}, and there are ${count}`;
      throw damaged(path, why);
    }));
    const read = async () => interleave(await readSlice(path, start + levels.length, BYTES));
    return { id: `${file}/${i}`, labels, read };
  });
  return { samples, identity: `${file} ${await sha256(bytes)}` };
}

function damaged(path: string, why: string): Error {
  return new Error(`Cannot read ${escapeControls(path)}: ${why}; unpack the archive again`);
}

/** The names of the classes at each level. */
async function classNames(folder: string, { levels }: Kind): Promise<Record<string, string[]>> {
  return Object.fromEntries(
    await Promise.all(
      levels.map(async ({ name, names, count }) => [name, await lines(folder, names, count)]),
    ),
  );
}

/** Three planes become pixels. */
function interleave(planes: Uint8Array): Image {
  const data = new Uint8Array(BYTES);
  for (let i = 0; i < PLANE; i++) {
    for (let c = 0; c < 3; c++) data[3 * i + c] = planes[c * PLANE + i]!;
  }
  return { width: SIDE, height: SIDE, data };
}

/** The names of a level's classes: a line each, or numbers where the file is missing. */
async function lines(folder: string, file: string, count: number): Promise<string[]> {
  const text = await Deno.readTextFile(`${folder}/${file}`).catch(() => "");
  const names = text.split("\n").map((line) => line.trim()).filter(Boolean);
  return Array.from({ length: count }, (_, i) => names[i] ?? String(i));
}

/** The names of the files in a folder; none where there is no such folder. */
async function files(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
  } catch {
    return [];
  }
}

function byNumber(a: string, b: string): number {
  return Number(a.match(/\d+/)?.[0] ?? 0) - Number(b.match(/\d+/)?.[0] ?? 0);
}
