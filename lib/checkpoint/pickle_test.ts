import { assertEquals, assertThrows } from "@std/assert";
import { ascii } from "../testing/pytorch_file.ts";
import { unpickle } from "./pickle.ts";
import { Cursor } from "./pickle_cursor.ts";
import type { Global } from "./pickle_machine.ts";
import { sourceOfBytes } from "./source.ts";

/** A pickle from the characters of its operations and the bytes between them. */
const bytes = (...parts: (string | number)[]) =>
  Uint8Array.from(parts.flatMap((part) => typeof part === "string" ? ascii(part) : [part]));

const open = (pickle: Uint8Array) => new Cursor(sourceOfBytes(pickle, "x.pth"));

const known: Record<string, Global> = {
  "_codecs.encode": {
    name: "encode",
    make: ([text]) => Uint8Array.from(String(text), (c) => c.charCodeAt(0)),
  },
  "builtins.set": { name: "set", make: ([values]) => values },
  "__builtin__.set": { name: "set", make: ([values]) => values },
};

const meaning = {
  global: (name: string) => known[name] ?? open(bytes()).refuse(`it names ${name}`),
  persistent: (id: unknown) => ({ id }),
};

const read = (pickle: Uint8Array) => unpickle(open(pickle), meaning);

Deno.test("unpickle() reads what Python writes in every protocol", () => {
  // pickle.dumps({"a": [1, -2, 300, 70000, -5, 2**40, 2**70, 1.5, None, True, False],
  //   "b": ("x", "ä", b"\x01\xff"), "s": {3}}, protocol) of Python 3.11
  const written = [
    "286470300a56610a70310a286c70320a49310a61492d320a61493330300a614937303030300a61492d350a614c313039393531313632373737364c0a614c313138303539313632303731373431313330333432344c0a6146312e350a614e614930310a614930300a617356620a70330a2856780a70340a56e40a70350a635f636f646563730a656e636f64650a70360a285601ff0a70370a566c6174696e310a70380a7470390a527031300a747031310a7356730a7031320a635f5f6275696c74696e5f5f0a7365740a7031330a28286c7031340a49330a61747031350a527031360a732e",
    "7d71002858010000006171015d7102284b014afeffffff4d2c014a701101004afbffffff4c313039393531313632373737364c0a4c313138303539313632303731373431313330333432344c0a473ff80000000000004e4930310a4930300a6558010000006271032858010000007871045802000000c3a47105635f636f646563730a656e636f64650a710628580300000001c3bf710758060000006c6174696e31710874710952710a74710b580100000073710c635f5f6275696c74696e5f5f0a7365740a710d285d710e4b036174710f527110752e",
    "80027d71002858010000006171015d7102284b014afeffffff4d2c014a701101004afbffffff8a060000000000018a09000000000000000040473ff80000000000004e888965580100000062710358010000007871045802000000c3a47105635f636f646563730a656e636f64650a7106580300000001c3bf710758060000006c6174696e31710886710952710a87710b580100000073710c635f5f6275696c74696e5f5f0a7365740a710d5d710e4b036185710f527110752e",
    "80037d71002858010000006171015d7102284b014afeffffff4d2c014a701101004afbffffff8a060000000000018a09000000000000000040473ff80000000000004e888965580100000062710358010000007871045802000000c3a47105430201ff71068771075801000000737108636275696c74696e730a7365740a71095d710a4b036185710b52710c752e",
    "8004955e000000000000007d94288c0161945d94284b014afeffffff4d2c014a701101004afbffffff8a060000000000018a09000000000000000040473ff80000000000004e8889658c0162948c0178948c02c3a494430201ff9487948c0173948f94284b0390752e",
    "8005955e000000000000007d94288c0161945d94284b014afeffffff4d2c014a701101004afbffffff8a060000000000018a09000000000000000040473ff80000000000004e8889658c0162948c0178948c02c3a494430201ff9487948c0173948f94284b0390752e",
  ];
  const value = new Map<string, unknown>([
    ["a", [1, -2, 300, 70000, -5, 2 ** 40, 2n ** 70n, 1.5, null, true, false]],
    ["b", ["x", "ä", Uint8Array.of(1, 255)]],
    ["s", [3]],
  ]);
  for (const [protocol, hex] of written.entries()) {
    const pickle = Uint8Array.from(hex.match(/../g)!, (pair) => parseInt(pair, 16));
    assertEquals(read(pickle), value, `protocol ${protocol}`);
  }
});

Deno.test("unpickle() asks what names and references from outside stand for", () => {
  assertEquals(read(bytes("(K", 7, "K", 8, "tQ.")), { id: [7, 8] });
  assertThrows(() => read(bytes("cos\nsystem\n(Vls\ntR.")), SyntaxError, "it names os.system");
  assertThrows(() => read(bytes("(Vls\nios\nsystem\n.")), SyntaxError, "it names os.system");
  assertThrows(
    () => read(bytes(0x80, 4, 0x8c, 2, "os", 0x8c, 6, "system", 0x93, ".")),
    SyntaxError,
    "it names os.system",
  );
});

Deno.test("unpickle() keeps what a pickle remembers and shares", () => {
  const [a, b] = read(bytes("(]q", 0, "K", 5, "ah", 0, "t.")) as number[][];
  assertEquals(a, [5]);
  assertEquals(a === b, true);
});

Deno.test("unpickle() refuses a damaged pickle in one sentence", () => {
  const cases: [Uint8Array, string][] = [
    [bytes("]"), "it is truncated: its pickle has no end"],
    [bytes("(((((((((("), "it is truncated"],
    [bytes("."), "damaged before byte 1"],
    [bytes("a."), "damaged before byte 1"],
    [bytes("K", 1, "K", 2, "."), "damaged before byte 5"],
    [bytes("N", 0xff, "."), "damaged before byte 2"],
    [bytes("h", 3, "."), "damaged before byte 2"],
    [bytes("(K", 1, "d."), "damaged before byte 4"],
    [bytes("N)R."), "damaged before byte 3"],
    [bytes("K", 1, "K", 2, "a."), "damaged before byte 5"],
    [bytes("I12x\n."), "damaged before byte 5"],
    [bytes(0x80, 9, "N."), "of an unknown protocol"],
    [bytes("X", 255, 255, 255, 255, "x."), "it is truncated"],
    [bytes(0x8d, 0, 0, 0, 0, 0, 0, 0, 255, "x."), "it is truncated"],
    [bytes(0x8e, 255, 255, 255, 255, 255, 255, 255, 255, "."), "it is truncated"],
    [bytes(0x8b, 0, 1, 0, 0, "."), "an integer of 256 bytes"],
    [bytes("X", 1, 0, 0, 0, 255, "."), "a text that is not UTF-8"],
    [bytes("L", "9".repeat(1000), "\n."), "damaged"],
    [bytes("c", "x".repeat(5000)), "a line without end"],
  ];
  for (const [pickle, why] of cases) {
    assertThrows(() => read(pickle), SyntaxError, why);
  }
});

Deno.test("unpickle() gives up on a pickle that goes on and on", () => {
  const endless = new Uint8Array(6e6).fill("N".charCodeAt(0));
  assertThrows(() => read(endless), SyntaxError, "more than 5000000 operations");
});
