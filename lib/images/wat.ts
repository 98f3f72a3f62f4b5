/**
 * WebAssembly's text format, as much of it as the kernels use: functions of folded instructions
 * without results, with named parameters, locals and labels, over one memory that is passed in as
 * `env.memory`.
 *
 * Source: WebAssembly Core Specification 2.0, sections 5 and 6.
 *
 * @module
 */

type Node = string | Node[];

/** Opcodes of instructions without immediates; those of vectors follow the prefix 0xfd. */
const plain: Record<string, number> = {
  "select": 0x1b,
  "i32.eqz": 0x45,
  "i32.lt_s": 0x48,
  "i32.lt_u": 0x49,
  "i32.gt_s": 0x4a,
  "i32.add": 0x6a,
  "i32.sub": 0x6b,
  "i32.mul": 0x6c,
};
const plainVector: Record<string, number> = {
  "i8x16.swizzle": 0x0e,
  "i32x4.splat": 0x11,
  "f32x4.splat": 0x13,
  "i32x4.eq": 0x37,
  "f32x4.eq": 0x41,
  "f32x4.lt": 0x43,
  "v128.and": 0x4e,
  "v128.or": 0x50,
  "v128.bitselect": 0x52,
  "i8x16.narrow_i16x8_u": 0x66,
  "i16x8.narrow_i32x4_s": 0x85,
  "i16x8.extend_low_i8x16_u": 0x89,
  "i16x8.extend_high_i8x16_u": 0x8a,
  "i16x8.add": 0x8e,
  "i16x8.sub": 0x91,
  "i32x4.extend_low_i16x8_s": 0xa7,
  "i32x4.extend_high_i16x8_s": 0xa8,
  "i32x4.shl": 0xab,
  "i32x4.shr_s": 0xac,
  "i32x4.shr_u": 0xad,
  "i32x4.add": 0xae,
  "i32x4.sub": 0xb1,
  "i32x4.mul": 0xb5,
  "i32x4.min_s": 0xb6,
  "i32x4.max_s": 0xb8,
  "i32x4.dot_i16x8_s": 0xba,
  "f32x4.add": 0xe4,
  "f32x4.sub": 0xe5,
  "f32x4.mul": 0xe6,
  "f32x4.div": 0xe7,
  "i32x4.trunc_sat_f32x4_s": 0xf8,
  "f32x4.convert_i32x4_s": 0xfa,
};
/** Instructions that take an address and an offset; some name a lane. */
const memory: Record<string, number> = { "i32.load": 0x28, "i32.store": 0x36 };
const memoryVector: Record<string, number> = {
  "v128.load": 0x00,
  "v128.load32_splat": 0x09,
  "v128.store": 0x0b,
  "v128.store8_lane": 0x58,
  "v128.store16_lane": 0x59,
  "v128.store32_lane": 0x5a,
  "v128.store64_lane": 0x5b,
  "v128.load64_zero": 0x5d,
};
const locals: Record<string, number> = { "local.get": 0x20, "local.set": 0x21, "local.tee": 0x22 };
const types: Record<string, number> = { i32: 0x7f, f32: 0x7d, v128: 0x7b };

/**
 * The WebAssembly module of a text of
 * `(func (export "name") (param $a i32) (local $b v128) ...)`.
 *
 * @throws {SyntaxError} If the text holds something that is not known here.
 */
export function wasmModule(text: string): Uint8Array<ArrayBuffer> {
  const functions = parse(text).map(functionOf);
  const vector = (items: number[][]) => [...unsigned(items.length), ...items.flat()];
  const section = (id: number, content: number[]) => [id, ...unsigned(content.length), ...content];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(functions.map((f) => [0x60, ...vector(f.parameters.map((t) => [t])), 0]))),
    ...section(2, vector([[...name("env"), ...name("memory"), 2, 0, 1]])),
    ...section(3, vector(functions.map((_, i) => unsigned(i)))),
    ...section(7, vector(functions.map((f, i) => [...name(f.name), 0, ...unsigned(i)]))),
    ...section(10, vector(functions.map(({ body }) => [...unsigned(body.length), ...body]))),
  ]);
}

function functionOf(node: Node): { name: string; parameters: number[]; body: number[] } {
  const [keyword, ...parts] = node as Node[];
  if (keyword !== "func") throw new SyntaxError(`Cannot assemble "${keyword}": only functions`);
  let functionName = "";
  const parameters: number[] = [], locals: number[] = [], names: string[] = [], code: number[] = [];
  for (const part of parts as Node[][]) {
    const [kind, first = "", second = ""] = part as string[];
    if (kind === "export") functionName = first.slice(1, -1);
    else if (kind === "param" || kind === "local") {
      names.push(first);
      (kind === "param" ? parameters : locals).push(typeCode(second));
    } else code.push(...instruction(part, { names, labels: [] }));
  }
  const declarations = locals.flatMap((type) => [1, type]);
  const body = [...unsigned(locals.length), ...declarations, ...code, 0x0b];
  return { name: functionName, parameters, body };
}

function typeCode(type: string): number {
  const code = types[type];
  if (code === undefined) throw new SyntaxError(`Cannot assemble the type "${type}"`);
  return code;
}

/** Names of locals by index, and of labels, the innermost first. */
type Scope = { names: string[]; labels: string[] };

function instruction(node: Node, scope: Scope): number[] {
  const [op, ...rest] = node as [string, ...Node[]];
  const words = rest.filter((part): part is string => typeof part === "string");
  const [word = ""] = words;
  const operands = () =>
    rest.filter((part) => typeof part !== "string").flatMap((part) => instruction(part, scope));
  if (op === "block" || op === "loop") {
    const inner = { ...scope, labels: [word, ...scope.labels] };
    const body = rest.slice(1).flatMap((part) => instruction(part, inner));
    return [op === "block" ? 0x02 : 0x03, 0x40, ...body, 0x0b];
  }
  if (op === "br_if") return [...operands(), 0x0d, ...unsigned(indexOf(word, scope.labels))];
  if (op === "i32.const") return [0x41, ...signed(Number(word))];
  if (op === "v128.const") return [0xfd, 0x0c, ...words.slice(1).map(Number)]; // i8x16 only
  const local = locals[op];
  if (local !== undefined) return [...operands(), local, ...unsigned(indexOf(word, scope.names))];
  const scalar = plain[op];
  if (scalar !== undefined) return [...operands(), scalar];
  const vector = plainVector[op];
  if (vector !== undefined) return [...operands(), 0xfd, ...unsigned(vector)];
  const offset = words.find((word) => word.startsWith("offset="))?.slice("offset=".length) ?? "0";
  const place = [0, ...unsigned(Number(offset))]; // aligned to bytes
  const scalarAccess = memory[op];
  if (scalarAccess !== undefined) return [...operands(), scalarAccess, ...place];
  const vectorAccess = memoryVector[op];
  if (vectorAccess === undefined) throw new SyntaxError(`Cannot assemble the instruction "${op}"`);
  const lane = words.filter((word) => !word.startsWith("offset=")).map(Number);
  return [...operands(), 0xfd, ...unsigned(vectorAccess), ...place, ...lane];
}

function indexOf(name: string, names: string[]): number {
  const index = names.indexOf(name);
  if (index < 0) throw new SyntaxError(`Cannot find the name ${name} among ${names.join(", ")}`);
  return index;
}

/** Nested lists of words; comments begin with `;;`. */
function parse(text: string): Node[] {
  const root: Node[] = [];
  const open: Node[][] = [root];
  for (const [word] of text.replace(/;;.*/g, "").matchAll(/[()]|[^\s()]+/g)) {
    if (word === "(") {
      const list: Node[] = [];
      open.at(-1)!.push(list);
      open.push(list);
    } else if (word === ")") open.pop();
    else open.at(-1)!.push(word);
  }
  if (open.length !== 1) throw new SyntaxError("Cannot assemble: the parentheses do not match");
  return root;
}

function name(text: string): number[] {
  const bytes = new TextEncoder().encode(text);
  return [...unsigned(bytes.length), ...bytes];
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [value & 127 | 128, ...unsigned(Math.floor(value / 128))];
}

function signed(value: number): number[] {
  const [low, rest] = [value & 127, value >> 7];
  if ((rest === 0 && low < 64) || (rest === -1 && low >= 64)) return [low];
  return [low | 128, ...signed(rest)];
}
