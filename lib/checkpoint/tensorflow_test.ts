import { assertEquals, assertThrows } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { tensorFlowFiles } from "../testing/tensorflow_file.ts";
import { openTensors } from "./open_tensors.ts";

const tensors = {
  "model/layer/kernel/.ATTRIBUTES/VARIABLE_VALUE": {
    shape: [2, 3],
    data: Float32Array.of(1, 2, 3, 4, 5, 6),
  },
  "model/layer/scale/.ATTRIBUTES/VARIABLE_VALUE": { shape: [], data: Float32Array.of(-1) },
  "model/none": { shape: [0, 200], data: new Float32Array(0) },
};

/** Writes the files of a checkpoint. */
async function inFolder(f: (checkpoint: string) => void | Promise<void>) {
  const folder = await Deno.makeTempDir();
  const { index, data } = tensorFlowFiles(tensors);
  await Deno.writeFile(`${folder}/ckpt-7.index`, index);
  await Deno.writeFile(`${folder}/ckpt-7.data-00000-of-00001`, data);
  await f(`${folder}/ckpt-7`);
  await Deno.remove(folder, { recursive: true });
}

permittedTest(
  "openTensors() reads the tensors of a TensorFlow index",
  ["read", "write"],
  () =>
    inFolder((checkpoint) => {
      using file = openTensors(`${checkpoint}.index`);
      assertEquals([file.metadata, file.root], [{}, null]);
      assertEquals(
        Object.entries(file.tensors).map((
          [name, { dtype, shape, read }],
        ) => [name, dtype, { shape, data: read() }]),
        Object.entries(tensors).map(([name, tensor]) => [name, "F32", tensor]),
      );
    }),
);

permittedTest(
  "openTensors() says which file of a checkpoint to name",
  ["read", "write"],
  () =>
    inFolder((checkpoint) => {
      assertThrows(
        () => openTensors(checkpoint),
        Deno.errors.NotFound,
        `a checkpoint of TensorFlow is named by its index, ${checkpoint}.index`,
      );
      const { cause } = assertThrows(
        () => openTensors(`${checkpoint}.data-00000-of-00001`),
        SyntaxError,
        "it holds the data of a checkpoint of TensorFlow",
      );
      assertEquals(cause, `name the index beside it, ${checkpoint}.index`);
    }),
);

permittedTest(
  "openTensors() refuses an index under another name",
  ["read", "write"],
  () =>
    inFolder(async (checkpoint) => {
      await Deno.rename(`${checkpoint}.index`, `${checkpoint}.bin`);
      const { cause } = assertThrows(
        () => openTensors(`${checkpoint}.bin`),
        SyntaxError,
        "its data cannot be found",
      );
      assertEquals(String(cause).includes("ends in .index"), true);
    }),
);

permittedTest(
  "openTensors() refuses an index without all of its data",
  ["read", "write"],
  () =>
    inFolder(async (checkpoint) => {
      const data = `${checkpoint}.data-00000-of-00001`;
      await Deno.truncate(data, 20);
      assertThrows(
        () => openTensors(`${checkpoint}.index`),
        SyntaxError,
        `Cannot read ${data}: it is truncated: byte 24 is needed, and it has 20`,
      );
      await Deno.remove(data);
      assertThrows(() => openTensors(`${checkpoint}.index`), Deno.errors.NotFound, data);
    }),
);

permittedTest(
  "openTensors() refuses numbers that were changed",
  ["read", "write"],
  () =>
    inFolder(async (checkpoint) => {
      const data = `${checkpoint}.data-00000-of-00001`;
      const bytes = await Deno.readFile(data);
      bytes[5]! ^= 1;
      await Deno.writeFile(data, bytes);
      using file = openTensors(`${checkpoint}.index`);
      const [kernel, scale] = Object.values(file.tensors);
      assertThrows(() => kernel!.read(), SyntaxError, "do not have the checksum of the index");
      assertEquals([...scale!.read()], [-1]);
    }),
);
