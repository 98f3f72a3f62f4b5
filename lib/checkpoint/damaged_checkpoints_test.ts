import { assert, assertEquals } from "@std/assert";
import { Random } from "../random/mod.ts";
import { damage } from "../testing/damage.ts";
import { ascii, pytorchFile } from "../testing/pytorch_file.ts";
import { tensorFlowFiles } from "../testing/tensorflow_file.ts";
import { readPyTorch } from "./pytorch.ts";
import { locateTensors } from "./safetensors_header.ts";
import type { Located } from "./stored.ts";
import { type Source, sourceOfBytes } from "./source.ts";
import { readTensorFlow } from "./tensorflow.ts";

/** Damaged files of each format. */
const COUNT = 250;

const values = Float32Array.from({ length: 6 }, (_, i) => i / 4);

const bytes = (...parts: (string | number | Uint8Array)[]) =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === "string" ? ascii(part) : typeof part === "number" ? [part] : [...part]
    ),
  );

/** A file as PyTorch wrote it before version 1.6. */
function legacy(): Uint8Array {
  const number = [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];
  const storage = "(Vstorage\nctorch\nFloatStorage\nV0\nVcpu\nI6\nNtQ";
  const tensor = `ctorch._utils\n_rebuild_tensor_v2\n(${storage}I0\n(I2\nI3\nt(I3\nI1\ntI00\n` +
    "ccollections\nOrderedDict\n)RtR";
  return bytes(
    ...[0x80, 2, 0x8a, 10, ...number, "."],
    ...[0x80, 2, "I1001\n."],
    ...[0x80, 2, "}(Vlittle_endian\nI01\nu."],
    ...[0x80, 2, `}(Vw\n${tensor}Vown\ncproject\nOwn\n)`, 0x81, "}(Va\nK", 7, "ubu."],
    ...[0x80, 2, "(V0\nl."],
    new Uint8Array(BigInt64Array.of(6n).buffer),
    new Uint8Array(values.buffer),
  );
}

function safetensors(): Uint8Array {
  const header = JSON.stringify({
    __metadata__: { format: "pt", crc32: '{"a":"00000000"}' },
    w: { dtype: "F32", shape: [2, 3], data_offsets: [0, 24] },
    scale: { dtype: "F8_E4M3", shape: [3], data_offsets: [24, 27] },
  });
  const length = new Uint8Array(BigUint64Array.of(BigInt(header.length)).buffer);
  return bytes(length, header, new Uint8Array(values.buffer), 1, 2, 3);
}

/** A pickle that holds its arrays itself, as dill writes it for programs on JAX. */
function jax(): Uint8Array {
  const characters = [...new Uint8Array(values.buffer)].map((byte) => String.fromCharCode(byte));
  const content = new TextEncoder().encode(characters.join("")); // bytes as Latin-1, in UTF-8
  const length = new Uint8Array(Uint32Array.of(content.length).buffer);
  return bytes(
    ...[0x80, 2, "}(Vstate\ncdill._dill\n_create_namedtuple\n(VState\n(Vparams\ntVown.module\ntR("],
    ...["}(Vw\ncdill._dill\n_create_array\n(cnumpy.core.multiarray\n_reconstruct\n("],
    ...["cnumpy\nndarray\nI0\nt(I1\n(I2\nI3\ntcnumpy\ndtype\n(Vf4\nI00\nI01\ntRI00\n"],
    ...["c_codecs\nencode\n(X", length, content, "Vlatin1\ntRtNtRut", 0x81, "u."],
  );
}

const inTensorFlow = { w: { shape: [2, 3], data: values } };

/** Reads an index, with the data beside it. */
function readIndex(source: Source, data = tensorFlowFiles(inTensorFlow).data) {
  return { tensors: readTensorFlow(source, () => sourceOfBytes(data, "x")) };
}

type Format = {
  whole(): Uint8Array;
  read(source: Source): { tensors: Record<string, Located> };
  /** Where the tensor lies; by default `w`. */
  path?: string;
};

const formats: Record<string, Format> = {
  "safetensors": { whole: safetensors, read: locateTensors },
  "PyTorch's archives": {
    whole: () => pytorchFile({ w: { shape: [2, 3], data: values }, epoch: 3, rate: 0.1 }),
    read: readPyTorch,
  },
  "PyTorch's older files": { whole: legacy, read: readPyTorch },
  "pickles of JAX": { whole: jax, read: readPyTorch, path: "state.params.w" },
  "TensorFlow's indices": {
    whole: () => tensorFlowFiles(inTensorFlow).index,
    read: readIndex,
  },
  "TensorFlow's data": {
    whole: () => tensorFlowFiles(inTensorFlow).data,
    read: ({ size, read }: Source) =>
      readIndex(sourceOfBytes(tensorFlowFiles(inTensorFlow).index, "x.index"), read(0, size)),
  },
};

for (const [format, { whole, read, path = "w" }] of Object.entries(formats)) {
  Deno.test(`damaged checkpoints are read or refused in a sentence: ${format}`, () => {
    const file = whole();
    const { tensors } = read(sourceOfBytes(file, "x.index"));
    assertEquals([...tensors[path]!.read()], [...values]);
    for (let seed = 0; seed < COUNT; seed++) {
      const damaged = damage(file, new Random(`${format}/${seed}`));
      refusedInSentence(() => read(sourceOfBytes(damaged, "x.index")), seed);
    }
  });
}

Deno.test("entries of an index that no checksum protects are read or refused, too", () => {
  for (let seed = 0; seed < COUNT; seed++) {
    const random = new Random(`entries/${seed}`);
    const { index, data } = tensorFlowFiles(inTensorFlow, (block) => damage(block, random));
    refusedInSentence(() => readIndex(sourceOfBytes(index, "x.index"), data), seed);
  }
});

/** Reads all tensors, or else the file is refused in a sentence. */
function refusedInSentence(read: () => { tensors: Record<string, Located> }, seed: number) {
  try {
    for (const tensor of Object.values(read().tensors)) tensor.read();
  } catch (error) {
    const { name, message, stack } = error as Error;
    assert(name === "SyntaxError" || name === "TypeError", `seed ${seed}: ${stack}`);
    assert(/^Cannot read x(\.index)?: \S[^\n]*$/.test(message), `seed ${seed}: ${stack}`);
  }
}
