import { assertEquals, assertRejects } from "@std/assert";
import { deflateSync } from "node:zlib";
import { permittedTest } from "../../testing/permitted.ts";
import { readMat } from "./mat.ts";

/** An element: a tag of its type and size, and data up to a multiple of 8 bytes. */
function element(type: number, data: number[]): number[] {
  const tag = new Uint8Array(Uint32Array.of(type, data.length).buffer);
  return [...tag, ...data, ...Array(-data.length & 7).fill(0)];
}

/** An element of at most 4 bytes, which lie in its tag. */
function small(type: number, data: number[]): number[] {
  return [type, 0, data.length, 0, ...data, ...Array(4 - data.length).fill(0)];
}

const bytesOf = (array: ArrayBufferView) => [...new Uint8Array(array.buffer)];
const textOf = (text: string) => [...new TextEncoder().encode(text)];

/** A variable of a class, with sizes and the elements of its content. */
function matrix(name: string, kind: number, sizes: number[], content: number[][]): number[] {
  return element(14, [
    ...element(6, [kind, 0, 0, 0, 0, 0, 0, 0]),
    ...element(5, bytesOf(Int32Array.from(sizes))),
    ...(name.length > 4 ? element(1, textOf(name)) : small(1, textOf(name))),
    ...content.flat(),
  ]);
}

const header = [...textOf("MATLAB 5.0".padEnd(124)), 0, 1, ...textOf("IM")];

const numbers = matrix("labels", 6, [1, 3], [element(4, bytesOf(Uint16Array.of(7, 300, 2)))]);
const names = matrix("names", 1, [1, 2], [
  matrix("", 4, [1, 2], [element(17, bytesOf(Uint16Array.of(0x41, 0xe9)))]),
  matrix("", 4, [1, 1], [small(16, textOf("B"))]),
]);
const structs = matrix("cars", 2, [1, 2], [
  small(5, [2, 0, 0, 0]),
  element(1, textOf("a\0b\0")),
  ...[1, 2, 3, 4].map((value) => matrix("", 9, [1, 1], [small(2, [value])])),
]);

function test(name: string, fn: (path: string) => Promise<void>) {
  permittedTest(name, ["read", "write"], async () => {
    const path = await Deno.makeTempFile({ suffix: ".mat" });
    await fn(path);
    await Deno.remove(path);
  });
}

const write = (path: string, ...parts: number[][]) =>
  Deno.writeFile(path, Uint8Array.from([header, ...parts].flat()));

test("readMat() reads numbers, texts in cells, and structs", async (path) => {
  await write(path, numbers, names, structs);
  const of = (value: number) => ({ kind: "numbers" as const, values: [value] });
  assertEquals(await readMat(path), {
    labels: { kind: "numbers", values: [7, 300, 2] },
    names: { kind: "cells", values: [{ kind: "text", text: "Aé" }, { kind: "text", text: "B" }] },
    cars: { kind: "structs", values: [{ a: of(1), b: of(2) }, { a: of(3), b: of(4) }] },
  });
});

test("readMat() reads compressed variables, which are not filled up", async (path) => {
  const compressed = [numbers, structs].map((variable) => {
    const data = [...deflateSync(Uint8Array.from(variable))];
    return [...bytesOf(Uint32Array.of(15, data.length)), ...data];
  });
  await write(path, ...compressed);
  const variables = await readMat(path);
  assertEquals(Object.keys(variables), ["labels", "cars"]);
  assertEquals(variables.labels, { kind: "numbers", values: [7, 300, 2] });
});

test("readMat() refuses in a sentence what is damaged, truncated or something else", async (path) => {
  const refused = async (why: string) => {
    const { message } = await assertRejects(() => readMat(path), Error, why);
    assertEquals(message.startsWith(`Cannot read ${path}: `), true, message);
  };
  await write(path, numbers.slice(0, -8));
  await refused("it is truncated");
  await write(path, [15, 0, 0, 0, 4, 0, 0, 0, 1, 2, 3, 4]);
  await refused("it is damaged");
  await write(path, matrix("x", 6, [1, 3], [small(2, [1])]));
  await refused("a variable has 1 values, and should have 3");
  await write(path, matrix("x", 5, [1, 1], []));
  await refused("no array of numbers, texts, cells or structs");
  await Deno.writeTextFile(path, "hello");
  await refused("it is no MATLAB file of version 5");
});
