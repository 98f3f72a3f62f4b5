import { assert, assertEquals } from "@std/assert";
import { Random } from "../random/mod.ts";
import { damage } from "../testing/damage.ts";
import { ascii, pytorchFile } from "../testing/pytorch_file.ts";
import { readPyTorch } from "./pytorch.ts";
import { locateTensors } from "./safetensors_header.ts";
import { sourceOfBytes } from "./source.ts";

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

const formats = {
  "safetensors": { whole: safetensors, read: locateTensors },
  "PyTorch's archives": {
    whole: () => pytorchFile({ w: { shape: [2, 3], data: values }, epoch: 3, rate: 0.1 }),
    read: readPyTorch,
  },
  "PyTorch's older files": { whole: legacy, read: readPyTorch },
};

for (const [format, { whole, read }] of Object.entries(formats)) {
  Deno.test(`damaged checkpoints are read or refused in a sentence: ${format}`, () => {
    const file = whole();
    const { tensors } = read(sourceOfBytes(file, "x"));
    assertEquals([...tensors.w!.read()], [...values]);
    for (let seed = 0; seed < COUNT; seed++) {
      const damaged = damage(file, new Random(`${format}/${seed}`));
      try {
        const { tensors } = read(sourceOfBytes(damaged, "x"));
        for (const tensor of Object.values(tensors)) tensor.read();
      } catch (error) {
        const { name, message, stack } = error as Error;
        assert(name === "SyntaxError" || name === "TypeError", `seed ${seed}: ${stack}`);
        assert(/^Cannot read x: \S[^\n]*$/.test(message), `seed ${seed}: ${stack}`);
      }
    }
  });
}
