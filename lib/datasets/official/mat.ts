import { inflateSync } from "node:zlib";
import { escapeControls } from "../../images/mod.ts";
import type { MatArray } from "./mat_array.ts";

/** The most bytes that a compressed variable may become. */
const MAX_INFLATED = 2 ** 28;

/** Numbers of the types of elements, as the format calls them. */
const MATRIX = 14, COMPRESSED = 15;

/** Readers of numbers by their type: bytes of each, and how one is read. */
const numberTypes: Record<number, [size: number, read: (v: DataView, at: number) => number]> = {
  1: [1, (v, at) => v.getInt8(at)],
  2: [1, (v, at) => v.getUint8(at)],
  3: [2, (v, at) => v.getInt16(at, true)],
  4: [2, (v, at) => v.getUint16(at, true)],
  5: [4, (v, at) => v.getInt32(at, true)],
  6: [4, (v, at) => v.getUint32(at, true)],
  7: [4, (v, at) => v.getFloat32(at, true)],
  9: [8, (v, at) => v.getFloat64(at, true)],
  12: [8, (v, at) => Number(v.getBigInt64(at, true))],
  13: [8, (v, at) => Number(v.getBigUint64(at, true))],
  16: [1, (v, at) => v.getUint8(at)],
  17: [2, (v, at) => v.getUint16(at, true)],
  18: [4, (v, at) => v.getUint32(at, true)],
};

/** A piece of a file: its type, and its bytes. */
type Element = { type: number; bytes: Uint8Array };

/**
 * The variables of a MATLAB file of version 5, compressed or not: numbers, texts, cells and structs
 * of them.
 *
 * Source: MathWorks, MAT-File Format (2023), "Level 5 MAT-File Format".
 *
 * @throws {Error} If it is damaged, or of another version.
 */
export async function readMat(path: string): Promise<Record<string, MatArray>> {
  const bytes = await Deno.readFile(path);
  try {
    return parseMat(bytes);
  } catch (error) {
    const why = error instanceof MatError ? error.message : "it is damaged or truncated";
    throw new Error(`Cannot read ${escapeControls(path)}: ${why}; fetch it again`);
  }
}

/** What a file lacks. */
class MatError extends Error {}

/** The variables of a file in memory. */
function parseMat(bytes: Uint8Array): Record<string, MatArray> {
  const mark = String.fromCharCode(...bytes.subarray(124, 128));
  if (mark !== "\x00\x01IM") {
    throw new MatError("it is no MATLAB file of version 5 with the least byte first");
  }
  const variables = new Map<string, MatArray>();
  for (const element of elementsOf(bytes.subarray(128))) {
    const [matrix] = element.type === COMPRESSED ? elementsOf(inflated(element.bytes)) : [element];
    if (matrix?.type !== MATRIX) continue;
    const { name, array } = parseMatrix(matrix.bytes);
    variables.set(name, array);
  }
  return Object.fromEntries(variables);
}

function inflated(bytes: Uint8Array): Uint8Array {
  return inflateSync(bytes, { maxOutputLength: MAX_INFLATED });
}

/** The elements that follow one another: a tag, and data up to the next multiple of 8 bytes. */
function elementsOf(bytes: Uint8Array): Element[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length;) {
    const [word, length] = [view.getUint32(at, true), view.getUint32(at + 4, true)];
    const small = word >>> 16; // such data are so few that they lie in the tag
    const [type, size] = small ? [word & 0xffff, small] : [word, length];
    const start = at + (small ? 4 : 8);
    if (start + size > bytes.length) throw new MatError("it is truncated");
    elements.push({ type, bytes: bytes.subarray(start, start + size) });
    const padded = type === COMPRESSED ? size : Math.ceil(size / 8) * 8;
    at += small ? 8 : 8 + padded;
  }
  return elements;
}

/** Numbers of the classes of arrays, as the format calls them. */
const CELL = 1, STRUCT = 2, OBJECT = 3, TEXT = 4, SPARSE = 5, LAST_NUMBERS = 15;

/** A variable, or a part of one, which has no name. */
function parseMatrix(bytes: Uint8Array): { name: string; array: MatArray } {
  if (bytes.length === 0) return { name: "", array: { kind: "numbers", values: [] } };
  const [flags, sizes, name, ...rest] = elementsOf(bytes);
  if (!flags || !sizes || !name) throw new MatError("a variable of it has no name");
  const count = numbers(sizes).reduce((product, size) => product * size, 1);
  return {
    name: text(name.bytes),
    array: parseValues(rest, { kind: flags.bytes[0]! % 256, count }),
  };
}

function parseValues(
  elements: Element[],
  { kind, count }: { kind: number; count: number },
): MatArray {
  const inner = (element: Element | undefined) => {
    if (element?.type !== MATRIX) throw new MatError("it lacks a part of a variable");
    return parseMatrix(element.bytes).array;
  };
  if (kind === CELL) {
    return { kind: "cells", values: Array.from({ length: count }, (_, i) => inner(elements[i])) };
  }
  if (kind === STRUCT) {
    const [length, names, ...values] = elements;
    if (!length || !names) throw new MatError("it lacks the names of fields");
    const fields = cut(names.bytes, numbers(length)[0] ?? 0);
    const structs = Array.from({ length: count }, (_, i) => {
      return Object.fromEntries(fields.map((field, j) => {
        return [field, inner(values[i * fields.length + j])];
      }));
    });
    return { kind: "structs", values: structs };
  }
  if (kind === OBJECT || kind === SPARSE || kind > LAST_NUMBERS) {
    throw new MatError("it holds a variable that is no array of numbers, texts, cells or structs");
  }
  const [values] = elements;
  const list = values ? numbers(values) : [];
  if (list.length !== count) {
    throw new MatError(`a variable has ${list.length} values, and should have ${count}`);
  }
  if (kind !== TEXT) return { kind: "numbers", values: list };
  const plain = values?.type === 16 ? new TextDecoder().decode(values.bytes) : null;
  return { kind: "text", text: plain ?? String.fromCodePoint(...list) };
}

/** The numbers of an element. */
function numbers({ type, bytes }: Element): number[] {
  const [size, read] = numberTypes[type] ?? [];
  if (!size || !read) throw new MatError(`it holds numbers of the unknown type ${type}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / size }, (_, i) => read(view, i * size));
}

/** Names of equal length, each filled up with zeros. */
function cut(bytes: Uint8Array, length: number): string[] {
  if (!(length > 0)) throw new MatError("its names of fields have no length");
  return Array.from(
    { length: bytes.length / length },
    (_, i) => text(bytes.subarray(i * length, (i + 1) * length)),
  );
}

/** Text up to its first zero. */
function text(bytes: Uint8Array): string {
  const [whole = ""] = new TextDecoder().decode(bytes).split("\0");
  return whole;
}
