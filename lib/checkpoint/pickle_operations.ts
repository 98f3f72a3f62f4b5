import type { PickleMachine } from "./pickle_machine.ts";

/** What an operation does, by its code. */
type Operations = Record<number, (m: PickleMachine) => void>;

const code = (character: string): number => character.charCodeAt(0);

/** The code of the operation that ends a program. */
export const STOP: number = code(".");

const stack: Operations = {
  [code("(")]: (m) => m.mark(),
  [code("0")]: (m) => m.drop(),
  [code("1")]: (m) => m.popMark(),
  [code("2")]: (m) => m.push(m.top()),
  [0x80]: ({ cursor }) =>
    cursor.byte() > 5 && cursor.refuse("its pickle is of an unknown protocol"),
  [0x95]: ({ cursor }) => cursor.bytes(8), // the length of a frame, of no use here
};

const numbers: Operations = {
  [code("N")]: (m) => m.push(null),
  [0x88]: (m) => m.push(true),
  [0x89]: (m) => m.push(false),
  [code("I")]: (m) => {
    const text = m.cursor.line();
    m.push(text === "01" ? true : text === "00" ? false : integer(m, text));
  },
  [code("J")]: (m) => m.push(m.cursor.number(4, (v) => v.getInt32(0, true))),
  [code("K")]: (m) => m.push(m.cursor.byte()),
  [code("M")]: (m) => m.push(m.cursor.length(2)),
  [code("L")]: (m) => m.push(integer(m, m.cursor.line())),
  [0x8a]: (m) => m.push(long(m.cursor.bytes(m.cursor.length(1)))),
  [0x8b]: (m) => {
    const length = m.cursor.length(4);
    if (length > 255) m.cursor.refuse(`its pickle holds an integer of ${length} bytes`);
    m.push(long(m.cursor.bytes(length)));
  },
  [code("F")]: (m) => m.push(Number(m.cursor.line())),
  [code("G")]: (m) => m.push(m.cursor.number(8, (v) => v.getFloat64(0))),
};

const texts: Operations = {
  [code("S")]: (m) => m.push(unquoted(m, m.cursor.line())),
  [code("T")]: (m) => m.push(m.string(m.cursor.length(4))),
  [code("U")]: (m) => m.push(m.string(m.cursor.length(1))),
  [code("V")]: (m) => m.push(unescaped(m.cursor.line())),
  [code("X")]: (m) => m.push(m.cursor.text(m.cursor.length(4))),
  [0x8c]: (m) => m.push(m.cursor.text(m.cursor.length(1))),
  [0x8d]: (m) => m.push(m.cursor.text(m.cursor.length(8))),
  [code("B")]: (m) => m.push(m.cursor.bytes(m.cursor.length(4)).slice()),
  [code("C")]: (m) => m.push(m.cursor.bytes(m.cursor.length(1)).slice()),
  [0x8e]: (m) => m.push(m.cursor.bytes(m.cursor.length(8)).slice()),
  [0x96]: (m) => m.push(m.cursor.bytes(m.cursor.length(8)).slice()),
};

const containers: Operations = {
  [code("]")]: (m) => m.push([]),
  [code("l")]: (m) => m.push(m.popMark()),
  [code("a")]: (m) => m.append([m.pop()]),
  [code("e")]: (m) => m.append(m.popMark()),
  [code(")")]: (m) => m.push([]),
  [code("t")]: (m) => m.push(m.popMark()),
  [0x85]: (m) => m.push(m.popSeveral(1)),
  [0x86]: (m) => m.push(m.popSeveral(2)),
  [0x87]: (m) => m.push(m.popSeveral(3)),
  [code("}")]: (m) => m.push(new Map()),
  [code("d")]: (m) => {
    const pairs = m.popMark();
    m.push(new Map());
    m.setEntries(pairs);
  },
  [code("s")]: (m) => m.setEntries(m.popSeveral(2)),
  [code("u")]: (m) => m.setEntries(m.popMark()),
  [0x8f]: (m) => m.push([]),
  [0x90]: (m) => m.append(m.popMark()),
  [0x91]: (m) => m.push(m.popMark()),
};

const memory: Operations = {
  [code("g")]: (m) => m.push(m.recall(Number(m.cursor.line()))),
  [code("h")]: (m) => m.push(m.recall(m.cursor.byte())),
  [code("j")]: (m) => m.push(m.recall(m.cursor.length(4))),
  [code("p")]: (m) => m.remember(Number(m.cursor.line())),
  [code("q")]: (m) => m.remember(m.cursor.byte()),
  [code("r")]: (m) => m.remember(m.cursor.length(4)),
  [0x94]: (m) => m.remember(),
};

const callPopped = (count: 2 | 3) => (m: PickleMachine) => {
  const [callee, args] = m.popSeveral(count); // a third value are named arguments, which none has
  m.call(callee, args);
};

const calls: Operations = {
  [code("c")]: (m) => m.push(m.global(m.cursor.line(), m.cursor.line())),
  [0x93]: (m) => {
    const [module, name] = m.popSeveral(2);
    m.push(m.global(module, name));
  },
  [code("R")]: callPopped(2),
  [0x81]: callPopped(2),
  [0x92]: callPopped(3),
  [code("i")]: (m) => {
    const callee = m.global(m.cursor.line(), m.cursor.line());
    m.call(callee, m.popMark());
  },
  [code("o")]: (m) => {
    const [callee, ...args] = m.popMark();
    m.call(callee, args);
  },
  [code("b")]: (m) => m.build(m.pop()),
  [code("P")]: (m) => m.push(m.persistent(m.cursor.line())),
  [code("Q")]: (m) => m.push(m.persistent(m.pop())),
};

/** All operations but the one that ends a program. */
export const pickleOperations: Operations = {
  ...stack,
  ...numbers,
  ...texts,
  ...containers,
  ...memory,
  ...calls,
};

/** An integer in decimal digits. */
function integer(m: PickleMachine, text: string): number | bigint {
  const digits = text.replace(/L$/, "").trim();
  return /^[+-]?\d{1,600}$/.test(digits) ? exact(BigInt(digits)) : m.damaged();
}

/** An integer of two's complement, least byte first. */
function long(bytes: Uint8Array): number | bigint {
  let value = 0n;
  for (const byte of bytes.toReversed()) value = value << 8n | BigInt(byte);
  return exact(BigInt.asIntN(8 * bytes.length, value));
}

/** An integer as a number where that is exact. */
function exact(value: bigint): number | bigint {
  return BigInt.asIntN(54, value) === value ? Number(value) : value;
}

/** The text between quotes. */
function unquoted(m: PickleMachine, text: string): string {
  if (!/^(["']).*\1$/s.test(text)) return m.damaged();
  return text.slice(1, -1).replace(/\\(['"\\])/g, "$1");
}

/** Text in which characters beyond Latin-1 are escaped. */
function unescaped(text: string): string {
  return text.replace(
    /\\u([0-9a-f]{4})/g,
    (_, digits) => String.fromCharCode(parseInt(digits, 16)),
  );
}
