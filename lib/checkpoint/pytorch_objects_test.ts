import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { ascii, zip } from "../testing/pytorch_file.ts";
import { readPyTorch } from "./pytorch.ts";
import { sourceOfBytes } from "./source.ts";

type Pickle = (string | number)[];

/** What a file holds whose dictionary has a tensor "w" and something "beside" it. */
const read = (beside: Pickle, w: Pickle = [tensor("Float", 0)]) => {
  const pickle = ["}(Vw\n", ...w, "Vbeside\n", ...beside, "u."];
  const bytes = zip([
    ["a/data.pkl", Uint8Array.from(pickle.flatMap((x) => typeof x === "string" ? ascii(x) : [x]))],
    ["a/data/0", new Uint8Array(Float32Array.of(1, 2, 3).buffer)],
    ["a/data/1", new Uint8Array(48)],
  ]);
  return readPyTorch(sourceOfBytes(bytes, "x.pth"));
};

/** The operations that make the arguments of a tensor of three elements, and the tensor. */
const parts = (type: string, key: number) =>
  `((Vstorage\nctorch\n${type}Storage\nV${key}\nVcpu\nI3\ntQI0\n(I3\nt(I1\ntI00\n` +
  "ccollections\nOrderedDict\n)Rt";
const tensor = (type: string, key: number) =>
  `ctorch._utils\n_rebuild_tensor_v2\n${parts(type, key)}R`;

/** An array of two float32 of NumPy. */
const array = (order: string, ...bytes: number[]): Pickle => [
  "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntVb\ntR(I1\n(I2\nt",
  `cnumpy\ndtype\n(Vf4\nI00\nI01\ntR(I3\nV${order}\nNNNI-1\nI-1\nI0\ntbI00\n`,
  ...["C", bytes.length, ...bytes, "tb"],
];

/** Objects as trainers save them beside weights, by what they are. */
const objects: Record<string, Pickle> = {
  "a counter": ["ccollections\nCounter\n(}(K", 1, "K", 2, "utR"],
  "a queue": ["ccollections\ndeque\n(]K", 3, "tR(K", 1, "K", 2, "e"],
  "a dictionary with attributes": ["clightning\nAttributeDict\n)", 0x81, "(Va\nNu}(Vb\nNub"],
  "a dictionary made of pairs": ["cmmengine\nConfigDict\n(}(Va\nNutR"],
  "a member of an enumeration": ["cbuiltins\ngetattr\n(cproject\nColor\nVRED\ntR"],
  "what a function gives that a function gave": ["cx\nfactory\n(tR(Va\ntR"],
  "an object that refers to itself": ["cx\nOwn\n)", 0x81, "p9\n}(Vself\ng9\nub"],
  "a state of slots": ["cx\nOwn\n)", 0x81, "(N}(Va\nNutb"],
  "a class": ["cx\nOwn\n"],
  "a random generator of NumPy": ["cnumpy.random._pickle\n__generator_ctor\n(VMT19937\ntR}b"],
  "an array of NumPy": array("<", 0, 0, 128, 63, 0, 0, 0, 64),
  "a complex scalar of NumPy": [
    "cnumpy.core.multiarray\nscalar\n(cnumpy\ndtype\n(Vc16\ntRC",
    ...[2, 0, 0, "tR"],
  ],
  "a complex tensor": [tensor("ComplexFloat", 1)],
  "a quantized tensor": ["ctorch._utils\n_rebuild_qtensor\n", parts("QInt8", 1), "R"],
  "a sparse tensor": [
    "ctorch._utils\n_rebuild_sparse_tensor\n(ctorch.serialization\n_get_layout\n" +
    `(Vtorch.sparse_coo\ntR(${tensor("Float", 1)}ttR`,
  ],
  "a tensor of eight bits": [
    "ctorch._utils\n_rebuild_tensor_v3\n((Vstorage\nctorch.storage\nUntypedStorage\nV1\nVcpu\n" +
    "I3\ntQI0\n(I3\nt(I1\ntI00\nNctorch\nfloat8_e4m3fn\ntR",
  ],
  "tensors by pairs of numbers": ["}(I1\nI2\n", 0x86, tensor("Float", 1), "u"],
  "tensors by objects": ["}(cx\nA\n)", 0x81, tensor("Float", 1), "cx\nA\n)", 0x81, "Nu"],
  "what os.uname() gave": ["cposix\nuname_result\n((VLinux\nVhost\nt}tR"],
  "what subprocess.run() gave": ["csubprocess\nCompletedProcess\n)", 0x81, "}(Vargs\nVgit\nub"],
  "a kind of socket": ["csocket\nAddressFamily\n(K", 2, "tR"],
  "a path that is not UTF-8": ["X", 4, 0, 0, 0, "a", 0xed, 0xb3, 0xa9],
};

for (const [name, pickle] of Object.entries(objects)) {
  Deno.test(`readPyTorch() reads the weights beside ${name}`, () => {
    assertEquals([...read(pickle).tensors.w!.read()], [1, 2, 3]);
  });
}

Deno.test("readPyTorch() reads tensors that carry attributes, and those of subclasses", () => {
  const state = "I01\nccollections\nOrderedDict\n)R}(Vnote\nVx\nu";
  const weights = [
    `ctorch._utils\n_rebuild_parameter_with_state\n(${tensor("Float", 0)}${state}tR`,
    "ctorch._tensor\n_rebuild_from_type_v2\n(ctorch._utils\n_rebuild_tensor_v2\ncx\nSub\n" +
    `${parts("Float", 0)}}tR`,
  ];
  for (const weight of weights) {
    assertEquals([...read(["N"], [weight]).tensors.w!.read()], [1, 2, 3]);
  }
});

Deno.test("readPyTorch() finds tensors within objects of unknown classes", () => {
  const attributes = ["cx\nNet\n)", 0x81, "}(V_parameters\n}(Vbias\n", tensor("Float", 1), "uub"];
  assertEquals(Object.keys(read(attributes).tensors), ["w", "beside.bias"]);
  const entries = ["cx\nState\n)", 0x81, "Vbias\n", tensor("Float", 1), "s"];
  assertEquals(Object.keys(read(entries).tensors), ["w", "beside.bias"]);
});

Deno.test("readPyTorch() reads arrays of NumPy, whose bytes have either order", () => {
  const one = [0, 0, 128, 63], two = [0, 0, 0, 64];
  const little = read(array("<", ...one, ...two)).tensors.beside!;
  const big = read(array(">", ...one.toReversed(), ...two.toReversed())).tensors.beside!;
  assertEquals([[...little.read()], [...big.read()]], [[1, 2], [1, 2]]);
  assertEquals([little.dtype, little.shape], ["F32", [2]]);
});

Deno.test("readPyTorch() reads no values of unknown element types, and says so", () => {
  const { tensors } = read([tensor("ComplexFloat", 1)]);
  assertThrows(
    () => tensors.beside!.read(),
    TypeError,
    'its tensor "beside" has the element type torch.ComplexFloatStorage, which is not read here',
  );
});

Deno.test("readPyTorch() refuses weights beside what runs programs", () => {
  for (
    const name of ["posix\nsystem", "subprocess\nPopen", "builtins\nexec", "__builtin__\neval"]
  ) {
    const error = assertThrows(
      () => read([`c${name}\n(Vtouch x\ntR`]),
      SyntaxError,
      `its pickle names "${
        name.replace("\n", ".")
      }", which no checkpoint needs, and would run code`,
    );
    assertStringIncludes(String(error.cause), "do not load it elsewhere");
  }
});

Deno.test("readPyTorch() names what is not known where a file holds no tensors", () => {
  assertThrows(
    () => read(["cx\nNet\n)", 0x81], ["N"]),
    SyntaxError,
    'it holds no tensors that are read here, but its pickle names "x.Net"; nothing was executed',
  );
});
