import type { Cursor } from "./pickle_cursor.ts";

/**
 * What a pickle may name: how one is made of its arguments, where it may be called at all. `build`
 * takes in the state of what was made.
 */
export type Global = {
  name: string;
  make?: (args: unknown[]) => unknown;
  build?: (made: unknown, state: unknown) => void;
};

/** What gives a pickle its meaning. */
export type Meaning = {
  /** What a name stands for; one that is not allowed is refused here. */
  global(name: string): Global;
  /** What an identifier of something outside of the pickle stands for. */
  persistent(id: unknown): unknown;
};

/**
 * Operations that are followed at most; checkpoints have some hundred thousand. They bound time and
 * memory.
 */
const MAX_OPERATIONS = 5e6;

/**
 * The value of a pickle, of any protocol up to 5. Nothing is executed: a pickle is a program for a
 * stack machine, and this machine calls only what `meaning` knows. Dictionaries become maps, lists,
 * tuples and sets arrays, bytes `Uint8Array`, large integers bigint.
 *
 * Source: CPython, Lib/pickletools.py, which describes every operation.
 *
 * @throws {SyntaxError} If the pickle is damaged or truncated, or names what is not allowed.
 */
export function unpickle(cursor: Cursor, meaning: Meaning): unknown {
  const stack: unknown[] = [];
  const marks: number[] = [];
  const memo = new Map<number, unknown>();
  const made = new WeakMap<object, Global>();
  const damaged = (): never =>
    cursor.refuse(`its pickle is damaged before byte ${cursor.position}`);

  const pop = () => stack.length > (marks.at(-1) ?? 0) ? stack.pop() : damaged();
  const top = () => stack.length > (marks.at(-1) ?? 0) ? stack.at(-1) : damaged();
  const marked = () => stack.splice(marks.pop() ?? damaged());
  const list = () => {
    const found = top();
    return Array.isArray(found) ? found : damaged();
  };
  const put = (pairs: unknown[]) => {
    const map = top();
    if (!(map instanceof Map) || pairs.length % 2) damaged();
    for (let i = 0; i < pairs.length; i += 2) {
      (map as Map<unknown, unknown>).set(pairs[i], pairs[i + 1]);
    }
  };
  const mapOf = (pairs: unknown[]) => {
    stack.push(new Map());
    put(pairs);
  };
  const call = (callee: unknown, args: unknown) => {
    const { name, make } = (callee ?? {}) as Global;
    if (!name || !Array.isArray(args)) damaged();
    if (!make) cursor.refuse(`its pickle calls ${name}, which is no function here`);
    const value = make!(args as unknown[]);
    if (typeof value === "object" && value !== null) made.set(value, callee as Global);
    return value;
  };
  const get = (index: number) => memo.has(index) ? memo.get(index) : damaged();
  const remember = (index: number) => memo.set(index, top());
  const several = (count: number) => Array.from({ length: count }, pop).reverse();
  const global = (module: unknown, name: unknown) => {
    if (typeof module !== "string" || typeof name !== "string") damaged();
    return meaning.global(`${module}.${name}`);
  };
  const whole = (text: string) => {
    const digits = text.replace(/L$/, "").trim();
    return /^[+-]?\d{1,600}$/.test(digits) ? small(BigInt(digits)) : damaged();
  };
  const quoted = (text: string) =>
    /^(["']).*\1$/s.test(text) ? text.slice(1, -1).replace(/\\(['"\\])/g, "$1") : damaged();

  const operations: Record<number, () => void> = {
    [code("(")]: () => marks.push(stack.length),
    [code("0")]: () => stack.length > (marks.at(-1) ?? 0) ? stack.pop() : marks.pop() ?? damaged(),
    [code("1")]: () => marked(),
    [code("2")]: () => stack.push(top()),
    [0x80]: () => cursor.byte() > 5 && cursor.refuse("its pickle is of an unknown protocol"),
    [0x95]: () => cursor.bytes(8), // the length of a frame, of no use here

    [code("N")]: () => stack.push(null),
    [0x88]: () => stack.push(true),
    [0x89]: () => stack.push(false),
    [code("I")]: () => {
      const text = cursor.line();
      stack.push(text === "01" ? true : text === "00" ? false : whole(text));
    },
    [code("J")]: () => stack.push(cursor.number(4, (v) => v.getInt32(0, true))),
    [code("K")]: () => stack.push(cursor.byte()),
    [code("M")]: () => stack.push(cursor.length(2)),
    [code("L")]: () => stack.push(whole(cursor.line())),
    [0x8a]: () => stack.push(long(cursor.bytes(cursor.length(1)))),
    [0x8b]: () => {
      const length = cursor.length(4);
      if (length > 255) cursor.refuse(`its pickle holds an integer of ${length} bytes`);
      stack.push(long(cursor.bytes(length)));
    },
    [code("F")]: () => stack.push(Number(cursor.line())),
    [code("G")]: () => stack.push(cursor.number(8, (v) => v.getFloat64(0))),

    [code("S")]: () => stack.push(quoted(cursor.line())),
    [code("T")]: () => stack.push(cursor.text(cursor.length(4))),
    [code("U")]: () => stack.push(cursor.text(cursor.length(1))),
    [code("V")]: () => stack.push(unescaped(cursor.line())),
    [code("X")]: () => stack.push(cursor.text(cursor.length(4))),
    [0x8c]: () => stack.push(cursor.text(cursor.length(1))),
    [0x8d]: () => stack.push(cursor.text(cursor.length(8))),
    [code("B")]: () => stack.push(cursor.bytes(cursor.length(4)).slice()),
    [code("C")]: () => stack.push(cursor.bytes(cursor.length(1)).slice()),
    [0x8e]: () => stack.push(cursor.bytes(cursor.length(8)).slice()),
    [0x96]: () => stack.push(cursor.bytes(cursor.length(8)).slice()),

    [code("]")]: () => stack.push([]),
    [code("l")]: () => stack.push(marked()),
    [code("a")]: () => {
      const value = pop();
      list().push(value);
    },
    [code("e")]: () => {
      const values = marked();
      const to = list();
      for (const value of values) to.push(value);
    },
    [code(")")]: () => stack.push([]),
    [code("t")]: () => stack.push(marked()),
    [0x85]: () => stack.push(several(1)),
    [0x86]: () => stack.push(several(2)),
    [0x87]: () => stack.push(several(3)),
    [code("}")]: () => stack.push(new Map()),
    [code("d")]: () => mapOf(marked()),
    [code("s")]: () => put(several(2)),
    [code("u")]: () => put(marked()),
    [0x8f]: () => stack.push([]),
    [0x90]: () => {
      const values = marked();
      const to = list();
      for (const value of values) to.push(value);
    },
    [0x91]: () => stack.push(marked()),

    [code("g")]: () => stack.push(get(Number(cursor.line()))),
    [code("h")]: () => stack.push(get(cursor.byte())),
    [code("j")]: () => stack.push(get(cursor.length(4))),
    [code("p")]: () => remember(Number(cursor.line())),
    [code("q")]: () => remember(cursor.byte()),
    [code("r")]: () => remember(cursor.length(4)),
    [0x94]: () => remember(memo.size),

    [code("c")]: () => stack.push(global(cursor.line(), cursor.line())),
    [0x93]: () => {
      const [module, name] = several(2);
      stack.push(global(module, name));
    },
    [code("R")]: () => {
      const [callee, args] = several(2);
      stack.push(call(callee, args));
    },
    [0x81]: () => {
      const [callee, args] = several(2);
      stack.push(call(callee, args));
    },
    [0x92]: () => {
      const [callee, args] = several(3);
      stack.push(call(callee, args));
    },
    [code("i")]: () => {
      const callee = global(cursor.line(), cursor.line());
      stack.push(call(callee, marked()));
    },
    [code("o")]: () => {
      const [callee, ...args] = marked();
      stack.push(call(callee, args));
    },
    [code("b")]: () => {
      const state = pop();
      const value = top();
      const { build } = (typeof value === "object" && value && made.get(value)) || {};
      build?.(value, state);
    },
    [code("P")]: () => stack.push(meaning.persistent(cursor.line())),
    [code("Q")]: () => stack.push(meaning.persistent(pop())),
  };

  for (let count = 0; count < MAX_OPERATIONS; count++) {
    const operation = cursor.byte();
    if (operation === code(".")) return stack.length === 1 && !marks.length ? stack[0] : damaged();
    (operations[operation] ?? damaged)();
  }
  return cursor.refuse(`its pickle has more than ${MAX_OPERATIONS} operations`);
}

function code(character: string): number {
  return character.charCodeAt(0);
}

/** Text in which characters beyond Latin-1 are escaped. */
function unescaped(text: string): string {
  return text.replace(
    /\\u([0-9a-f]{4})/g,
    (_, digits) => String.fromCharCode(parseInt(digits, 16)),
  );
}

/** An integer as a number where that is exact. */
function small(value: bigint): number | bigint {
  return BigInt.asIntN(54, value) === value ? Number(value) : value;
}

/** An integer of two's complement, least byte first. */
function long(bytes: Uint8Array): number | bigint {
  let value = 0n;
  for (const byte of bytes.toReversed()) value = value << 8n | BigInt(byte);
  return small(BigInt.asIntN(8 * bytes.length, value));
}
