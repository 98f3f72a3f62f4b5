import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { parseSafetensors, readSafetensors } from "./safetensors.ts";
import { locateTensors } from "./safetensors_header.ts";
import { sourceOfBytes } from "./source.ts";
import type { Stored } from "./stored.ts";
import { writeSafetensors } from "./write_safetensors.ts";

const writable = Deno.permissions.querySync({ name: "write" }).state === "granted" &&
  Deno.permissions.querySync({ name: "read" }).state === "granted";
const needs = writable ? "" : " (needs read and write permission)";

/** A file by hand: the header as JSON, then the data. */
function file(header: unknown, data: number[] = []): Uint8Array {
  const text = new TextEncoder().encode(
    typeof header === "string" ? header : JSON.stringify(header),
  );
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

const tensors: Record<string, Stored> = {
  bytes: { dtype: "U8", shape: [3], data: Uint8Array.of(1, 2, 3) },
  floats: { dtype: "F32", shape: [2, 1], data: Float32Array.of(0.5, -1) },
  counts: { dtype: "I32", shape: [], data: Int32Array.of(-7) },
  empty: { dtype: "F32", shape: [0, 4], data: new Float32Array() },
  doubles: { dtype: "F64", shape: [1], data: Float64Array.of(1 / 3) },
  steps: { dtype: "I64", shape: [1], data: BigInt64Array.of(2n ** 40n) },
};

Deno.test({
  name: `written files are read again: every element type, shape and the metadata${needs}`,
  ignore: !writable,
  async fn() {
    const folder = await Deno.makeTempDir();
    await writeSafetensors(`${folder}/a.safetensors`, tensors, { version: "1" });
    const { metadata, tensors: found } = await readSafetensors(`${folder}/a.safetensors`);
    assertEquals(metadata, { version: "1" });
    assertEquals(Object.keys(found).toSorted(), Object.keys(tensors).toSorted());
    for (const name in tensors) assertEquals(found[name], tensors[name]);
    await Deno.remove(folder, { recursive: true });
  },
});

Deno.test({
  name: `writeSafetensors() aligns the data to 8 bytes and leaves no other file behind${needs}`,
  ignore: !writable,
  async fn() {
    const folder = await Deno.makeTempDir();
    await writeSafetensors(`${folder}/a.safetensors`, tensors);
    const bytes = await Deno.readFile(`${folder}/a.safetensors`);
    assertEquals(new DataView(bytes.buffer).getBigUint64(0, true) % 8n, 0n);
    assertEquals([...Deno.readDirSync(folder)].map((f) => f.name), ["a.safetensors"]);
    await Deno.remove(folder, { recursive: true });
  },
});

Deno.test({
  name: `writeSafetensors() keeps the old file when the new one cannot be written${needs}`,
  ignore: !writable,
  async fn() {
    const folder = await Deno.makeTempDir();
    const path = `${folder}/a.safetensors`;
    await writeSafetensors(path, tensors);
    const wrong = { x: { dtype: "F32", shape: [3], data: Float32Array.of(1) } as Stored };
    await assertRejects(() => writeSafetensors(path, wrong), TypeError, "do not fill shape [3]");
    assertEquals(Object.keys((await readSafetensors(path)).tensors).length, 6);
    await Deno.remove(folder, { recursive: true });
  },
});

Deno.test({
  name: `a tensor that was damaged since it was written is named when it is read${needs}`,
  ignore: !writable,
  async fn() {
    const folder = await Deno.makeTempDir();
    const path = `${folder}/a.safetensors`;
    await writeSafetensors(path, tensors, { version: "1" });
    const bytes = await Deno.readFile(path);
    const { tensors: stored } = locateTensors(sourceOfBytes(bytes, "x"));
    const last = bytes.with(-1, bytes.at(-1)! ^ 1); // the last of the three bytes
    const damaged = locateTensors(sourceOfBytes(last, "x")).tensors;
    assertThrows(
      () => damaged.bytes!.read(),
      SyntaxError,
      'Cannot read x: tensor "bytes" is damaged: its checksum is another',
    );
    for (const name in tensors) {
      assertEquals(stored[name]!.read(), tensors[name]!.data);
      if (name !== "bytes") assertEquals(damaged[name]!.read(), tensors[name]!.data);
    }
    await Deno.remove(folder, { recursive: true });
  },
});

Deno.test("a file without checksums is read, and one whose checksums cannot be read", () => {
  const a = { dtype: "U8", shape: [2], data_offsets: [0, 2] };
  for (const crc32 of [undefined, "none", "null", '"x"', '{"b":"0"}']) {
    const header = { ...crc32 && { __metadata__: { crc32 } }, a };
    assertEquals([...parseSafetensors(file(header, [1, 2])).tensors.a!.data], [1, 2]);
  }
  const other = { __metadata__: { crc32: '{"a":"b6cc4292"}' }, a }; // zlib.crc32(b"\1\2")
  assertEquals([...parseSafetensors(file(other, [1, 2])).tensors.a!.data], [1, 2]);
  assertThrows(() => parseSafetensors(file(other, [1, 3])), SyntaxError, 'tensor "a" is damaged');
});

Deno.test({
  name: `readSafetensors() names a file that is not there${needs}`,
  ignore: !writable,
  fn: async () => {
    await assertRejects(
      () => readSafetensors("/nowhere/a.safetensors"),
      Deno.errors.NotFound,
      "Cannot read /nowhere/a.safetensors: there is no such file",
    );
  },
});

Deno.test("parseSafetensors() widens float16 and bfloat16", () => {
  const header = {
    half: { dtype: "F16", shape: [3], data_offsets: [0, 6] },
    brain: { dtype: "BF16", shape: [1], data_offsets: [6, 8] },
  };
  const { tensors } = parseSafetensors(
    file(header, [0x00, 0x3c, 0x01, 0x00, 0x00, 0xfc, 0x80, 0xbf]),
  );
  assertEquals([...tensors.half!.data], [1, 2 ** -24, -Infinity]);
  assertEquals([...tensors.brain!.data], [-1]);
});

Deno.test("an element type that is not read matters only for tensors that are", () => {
  const header = {
    a: { dtype: "U8", shape: [2], data_offsets: [0, 2] },
    scale: { dtype: "F8_E4M3", shape: [3], data_offsets: [2, 5] },
    pairs: { dtype: "F4", shape: [3], data_offsets: [5, 7] },
  };
  const bytes = file(header, [1, 2, 3, 4, 5, 6, 7]);
  const { tensors } = locateTensors(sourceOfBytes(bytes, "x"));
  assertEquals([...tensors.a!.read()], [1, 2]);
  assertThrows(
    () => tensors.scale!.read(),
    TypeError,
    'Cannot read x: its tensor "scale" has the element type F8_E4M3, which is not read here',
  );
});

Deno.test("parseSafetensors() says what is wrong with a damaged file", () => {
  const a = { dtype: "U8", shape: [2], data_offsets: [0, 2] };
  const cases: [Uint8Array, string][] = [
    [new Uint8Array(3), "it has 3 bytes, too few"],
    [new TextEncoder().encode("PK\x03\x04 something else"), "does not begin with"],
    [file({ a }, [1, 2]).subarray(0, 20), "but the file ends after 20"],
    [file("{]"), "its header is not a JSON object"],
    [file({ __metadata__: { n: 1 } }), "not a record of strings"],
    [file({ a: { ...a, dtype: "F8" } }, [1, 2]), 'tensor "a" has the unknown element type F8'],
    [file({ a: { ...a, shape: [-2] } }, [1, 2]), 'tensor "a" has no shape'],
    [file({ a: { ...a, data_offsets: [2] } }, [1, 2]), 'tensor "a" has no place'],
    [file({ a: { ...a, shape: [3] } }, [1, 2]), "2 bytes, which do not fill U8 [3]"],
    [file({ a, b: { ...a, data_offsets: [1, 3] } }, [1, 2, 3]), '"b" overlaps'],
    [file({ a: { ...a, data_offsets: [1, 3] } }, [1, 2, 3]), "a gap of 1 bytes"],
    [file({ a }, [1]), "truncated: 2 bytes of data are announced, 1 are there"],
    [file({ a }, [1, 2, 3]), "1 bytes follow the last tensor"],
  ];
  for (const [bytes, why] of cases) {
    const error = assertThrows(() => parseSafetensors(bytes, "x.safetensors"), SyntaxError, why);
    assert(error.message.startsWith("Cannot read x.safetensors: "));
  }
});
