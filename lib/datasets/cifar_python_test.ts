import { assertEquals, assertRejects } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { openDataset } from "./mod.ts";

const text = (value: string) => [...new TextEncoder().encode(value)];
const short = (value: string) => [0x55, value.length, ...text(value)]; // a string of Python 2
const global = (module: string, name: string) => text(`c${module}\n${name}\n`);

/** A file of CIFAR-10 with one image, as Python 2 wrote it. */
function pickle(label: number, pixels: number[], type = "u1"): Uint8Array {
  const dtype = [
    ...[...global("numpy", "dtype"), ...short(type), ...text("K\0K\x01"), 0x87, ...text("R")],
    ...[...text("(K\x03"), ...short("|"), ...text("NNNK\0K\0K\0tb")],
  ];
  return Uint8Array.from([
    ...[0x80, 2, ...text("}("), ...short("labels"), ...text("](K"), label, ...text("e")],
    ...[...short("data"), ...global("numpy.core.multiarray", "_reconstruct")],
    ...[...global("numpy", "ndarray"), ...text("K\0"), 0x85, ...short("b"), 0x87, ...text("R")],
    ...[...text("(K\x01K\x01M\0\x0c"), 0x86, ...dtype, 0x89],
    ...[0x54, ...new Uint8Array(Uint32Array.of(pixels.length).buffer), ...pixels],
    ...text("tbu."),
  ]);
}

const meta = (names: string[]) =>
  Uint8Array.from([
    ...[0x80, 2, ...text("}"), ...short("label_names"), ...text("](")],
    ...[...names.flatMap(short), ...text("es.")],
  ]);

function test(name: string, fn: (folder: string) => Promise<void>) {
  permittedTest(name, ["read", "write"], async () => {
    const folder = await Deno.makeTempDir();
    await fn(folder);
    await Deno.remove(folder, { recursive: true });
  });
}

const planes = (value: number) => [value, value + 1, value + 2].flatMap((x) => Array(1024).fill(x));

test("CIFAR's Python version is read as Python 2 wrote it, bytes that are text too", async (folder) => {
  await Deno.writeFile(`${folder}/data_batch_1`, pickle(1, planes(200)));
  await Deno.writeFile(`${folder}/data_batch_2`, pickle(0, planes(65)));
  await Deno.writeFile(`${folder}/test_batch`, pickle(9, planes(0)));
  await Deno.writeFile(`${folder}/batches.meta`, meta(["airplane", "car"]));
  const { train, test, classes } = await openDataset(folder);
  assertEquals([...train, ...test].map(({ labels }) => labels.class), [1, 0, 9]);
  assertEquals(classes.class?.slice(0, 3), ["airplane", "car", "2"]);
  const colors = await Promise.all(
    train.map(async ({ read }) => [...(await read()).data.slice(-3)]),
  );
  assertEquals(colors, [[200, 201, 202], [65, 66, 67]]);
});

test("CIFAR's Python version executes nothing and is refused in a sentence", async (folder) => {
  const refused = async (bytes: Uint8Array, why: string) => {
    await Deno.writeFile(`${folder}/data_batch_1`, bytes);
    await assertRejects(() => openDataset(folder), Error, why);
  };
  const command = [...text("cposix\nsystem\n"), ...short("true"), 0x85, ...text("R.")];
  await refused(Uint8Array.of(0x80, 2, ...command), 'its pickle names "posix.system"');
  await refused(pickle(10, planes(0)), "image 0 has the class label 10");
  await refused(pickle(1, [1, 2]), 'it holds no array "data" of 3072 bytes an image');
  await refused(pickle(1, planes(0), "f4"), "it is no pickle of a dictionary with images");
  await refused(pickle(1, planes(0)).subarray(0, 100), "it is truncated");
});
