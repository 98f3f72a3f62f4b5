import { basename, resolve } from "node:path";
import type { Image } from "../images/mod.ts";
import { fingerprint, stateOf } from "./fingerprint.ts";
import type { FolderOptions } from "./image_folder.ts";
import type { Dataset, Sample } from "./sample.ts";
import { readSlice } from "./slice.ts";
import { split } from "./splits.ts";

/** Pixels of a side, and bytes of an image: all red, then all green, then all blue. */
const SIDE = 32, PLANE = SIDE * SIDE, BYTES = 3 * PLANE;

/** One of the two sets: how its files are named, and what the bytes before the pixels mean. */
type Kind = {
  folder: string;
  train: RegExp;
  test: string;
  levels: { name: string; names: string; count: number }[];
};

const kinds: Kind[] = [{
  folder: "cifar-10-batches-bin",
  train: /^data_batch_\d+\.bin$/,
  test: "test_batch.bin",
  levels: [{ name: "class", names: "batches.meta.txt", count: 10 }],
}, {
  folder: "cifar-100-binary",
  train: /^train\.bin$/,
  test: "test.bin",
  levels: [
    { name: "coarse", names: "coarse_label_names.txt", count: 20 },
    { name: "fine", names: "fine_label_names.txt", count: 100 },
  ],
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
export async function cifar(
  folder: string,
  { seed = 0, testPart = 0.2 }: FolderOptions = {},
): Promise<Dataset | null> {
  for (const kind of kinds) {
    for (const place of [folder, `${folder}/${kind.folder}`]) {
      const names = await files(place);
      const parts = names.filter((name) => kind.train.test(name)).sort(byNumber);
      if (parts.length === 0) continue;
      const train = (await Promise.all(parts.map((name) => records(place, name, kind)))).flat();
      const tested = names.includes(kind.test);
      const [level] = kind.levels.slice(-1);
      const [learn, test] = tested
        ? [train, await records(place, kind.test, kind)]
        : split(train, { level: level.name, part: testPart, seed });
      const read = [...parts, ...tested ? [kind.test] : []];
      const states = await Promise.all(read.map((name) => stateOf(place, name)));
      const classes = await Promise.all(
        kind.levels.map(async ({ name, names, count }) => [name, await lines(place, names, count)]),
      );
      return {
        name: basename(resolve(folder)),
        train: learn,
        test,
        classes: Object.fromEntries(classes),
        fingerprint: await fingerprint([...states, ...tested ? [] : [`split ${testPart} ${seed}`]]),
        notes: tested ? [] : [`there is no ${kind.test}: ${100 * testPart} % are held out instead`],
      };
    }
  }
  return null;
}

/** The samples of one file. */
async function records(
  folder: string,
  file: string,
  { levels }: Kind,
): Promise<Sample[]> {
  const path = `${folder}/${file}`;
  const bytes = await Deno.readFile(path);
  const stride = levels.length + BYTES;
  if (bytes.length === 0 || bytes.length % stride !== 0) {
    throw new Error(
      `Cannot read ${path}: its ${bytes.length} bytes are no whole number of images of ${stride}; ` +
        `unpack the archive again`,
    );
  }
  return Array.from({ length: bytes.length / stride }, (_, i) => {
    const labels = Object.fromEntries(
      levels.map(({ name }, at) => [name, bytes[i * stride + at]]),
    );
    const wrong = levels.find(({ name, count }) => labels[name] >= count);
    if (wrong) {
      throw new Error(
        `Cannot read ${path}: image ${i} has the ${wrong.name} label ${labels[wrong.name]}, and ` +
          `there are ${wrong.count}; unpack the archive again`,
      );
    }
    return {
      id: `${file}/${i}`,
      labels,
      read: async () => interleave(await readSlice(path, i * stride + levels.length, BYTES)),
    };
  });
}

/** Three planes become pixels. */
function interleave(planes: Uint8Array): Image {
  const data = new Uint8Array(BYTES);
  for (let i = 0; i < PLANE; i++) {
    for (let c = 0; c < 3; c++) data[3 * i + c] = planes[c * PLANE + i];
  }
  return { width: SIDE, height: SIDE, data };
}

/** The names of the classes: a line each, or numbers where the file is missing. */
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
