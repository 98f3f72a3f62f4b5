import { assertEquals, assertThrows } from "@std/assert";
import { ascii, pytorchFile, type PytorchTensor, zip } from "../testing/pytorch_file.ts";
import { readPyTorch } from "./pytorch.ts";
import { sourceOfBytes } from "./source.ts";

const read = (bytes: Uint8Array) => readPyTorch(sourceOfBytes(bytes, "x.pth"));

const tensor = (...values: number[]): PytorchTensor => ({
  shape: [values.length],
  data: Float32Array.from(values),
});

/**
 * A file of the zip format with a pickle of one's own: an argument of `tensor` is the tuple of a
 * storage.
 */
const file = (...pickle: (string | number)[]) =>
  zip([
    [
      "a/data.pkl",
      Uint8Array.from(pickle.flatMap((part) => typeof part === "string" ? ascii(part) : [part])),
    ],
    ["a/data/0", new Uint8Array(16)],
  ]);

/** The operations that make a tensor of storage 0, which has four numbers. */
const view = (offset: string, shape: string, stride: string, count = 4) =>
  `ctorch._utils\n_rebuild_tensor_v2\n((Vstorage\nctorch\nFloatStorage\nV0\nVcpu\nI${count}\ntQ` +
  `I${offset}\n(${shape}t(${stride}tI00\nccollections\nOrderedDict\n)RtR`;

Deno.test("readPyTorch() gives tensors of nested containers by path, and all else as it is", () => {
  const { root, tensors } = read(pytorchFile({
    model: { "norm.weight": tensor(1, 2), list: [tensor(3)] },
    epoch: 7,
    rate: 0.1,
    name: "é",
    none: null,
  }));
  assertEquals(Object.keys(tensors), ["model.norm.weight", "model.list.0"]);
  assertEquals([...tensors["model.norm.weight"]!.read()], [1, 2]);
  const map = root as Map<string, unknown>;
  assertEquals(["epoch", "rate", "name", "none"].map((key) => map.get(key)), [7, 0.1, "é", null]);
});

Deno.test("readPyTorch() follows offsets and strides", () => {
  const bytes = zip([
    ["a/data.pkl", Uint8Array.from(ascii(`${view("1", "I2\nI2\n", "I1\nI1\n")}.`))],
    ["a/data/0", new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer)],
  ]);
  assertEquals([...read(bytes).tensors[""]!.read()], [2, 3, 3, 4]);
});

Deno.test("readPyTorch() refuses what is damaged or made to do harm, in one sentence", () => {
  const good = pytorchFile({ x: tensor(1, 2, 3) });
  const changed = (at: number, byte: number) => good.with(at, byte);
  /** A list that holds the one before it twice, and so on. */
  const doubled = (times: number) =>
    `(lp0\n${Array.from({ length: times }, (_, i) => `0(g${i}\ng${i}\nlp${i + 1}\n`).join("")}.`;
  const cases: [Uint8Array, string][] = [
    [new Uint8Array(), "it is empty"],
    [new TextEncoder().encode("<html>"), "it is neither a checkpoint of PyTorch nor safetensors"],
    [Uint8Array.from(ascii("(lp0\n.")), "it is neither"],
    [good.subarray(0, good.length - 10), "the directory at the end of its archive is missing"],
    [changed(50, 255), 'data.pkl" in it is damaged: its checksum is another'],
    [changed(good.length - 4, 255), "it is truncated"],
    [changed(good.length - 6, 0), "in its archive's directory is damaged"],
    [zip([["a/other", new Uint8Array(1)]]), 'an archive without "data.pkl"'],
    [zip([["data.pkl", Uint8Array.of(1)], ["data.pkl", Uint8Array.of(1)]]), "twice"],
    [file("cos\nsystem\n(Vtouch x\ntR."), 'its pickle names "os.system", which no checkpoint'],
    [file("cbuiltins\ngetattr\n."), 'names "builtins.getattr"'],
    [file("ctorch.hub\nload\n."), 'names "torch.hub.load"'],
    [file("cx\nconstructor\n."), 'names "x.constructor"'],
    [file(`c${"x".repeat(200)}\ny\n.`), "xxx..."],
    [file("ctorch\nfloat32\n)R."), "its pickle calls torch.float32, which is no function here"],
    [file("ctorch\nSize\nK", 1, "R."), "its pickle is damaged"],
    [file("cbuiltins\nset\n)R."), "with arguments that they do not take"],
    [file("(Vmodule\ntQ."), "a reference to something that is no storage"],
    [file(view("0", "I5\n", "I1\n"), "."), "reaches element 4 of a storage of 4"],
    [file(view("4", "I1\n", "I1\n"), "."), "reaches element 4 of a storage of 4"],
    [file(view("-1", "I1\n", "I1\n"), "."), "a tensor without storage, shape or strides"],
    [file(view("0", "I2\n", "I-1\n"), "."), "a tensor without storage, shape or strides"],
    [file(view("0", "I99999999\nI4\n", "I0\nI1\n"), "."), "made of 4 elements"],
    [file(view("0", "I5\n", "I1\n", 5), "."), "has 16 bytes, and should have 20"],
    [file(view("0", "I1\n", "I1\n").replace("V0", "V../1"), "."), 'lacks the storage "../1"'],
    [file(view("0", "I1\n", "I1\n").replace("Float", "QInt8"), "."), 'names "torch.QInt8Storage"'],
    [file("(lp0\ng0\na."), "its containers lie too deep within each other"],
    [file(doubled(50)), "its containers lie too deep within each other"],
  ];
  for (const [bytes, why] of cases) {
    const { message } = assertThrows(() => read(bytes), SyntaxError, why, why) as Error;
    assertEquals([message.startsWith("Cannot read x.pth: "), message.includes("\n")], [
      true,
      false,
    ]);
  }
});

Deno.test("readPyTorch() finds a damaged tensor when it is read, and not before", () => {
  const bytes = pytorchFile({ x: tensor(1, 2, 3), y: tensor(4) });
  const at = bytes.findLastIndex((_, i) =>
    new DataView(bytes.buffer).getUint32(Math.min(i, bytes.length - 4), true) === 0x40400000
  );
  const { tensors } = read(bytes.with(at, 1));
  assertEquals([...tensors.y!.read()], [4]);
  assertThrows(() => tensors.x!.read(), SyntaxError, 'data/0" in it is damaged');
});
