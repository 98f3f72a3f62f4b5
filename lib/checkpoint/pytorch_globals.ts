import type { Dtype } from "./dtype.ts";
import type { Global } from "./pickle_machine.ts";
import { TensorView, type TorchStorage, Unfit } from "./tensor_view.ts";

/** What PyTorch calls its element types, with ours. */
const dtypes: Record<string, Dtype> = {
  Float: "F32",
  Double: "F64",
  Half: "F16",
  BFloat16: "BF16",
  Long: "I64",
  Int: "I32",
  Short: "I16",
  Char: "I8",
  Byte: "U8",
  Bool: "BOOL",
};

/** The same for the names of `torch.dtype`. */
const torchDtypes: Record<string, Dtype> = {
  float32: "F32",
  float64: "F64",
  float16: "F16",
  bfloat16: "BF16",
  int64: "I64",
  int32: "I32",
  int16: "I16",
  int8: "I8",
  uint64: "U64",
  uint32: "U32",
  uint16: "U16",
  uint8: "U8",
  bool: "BOOL",
};

/** The fields of an `argparse.Namespace`. */
export class Namespace extends Map<string, unknown> {}

/** A NumPy element type, of which scalars are made: `f8`, least byte first. */
type NumpyType = { code: string; little: boolean };

const numpyScalar = (args: unknown[]) => {
  const [type, bytes] = args as [NumpyType | undefined, unknown];
  const read = type && numpyReaders[type.code];
  if (!read || !(bytes instanceof Uint8Array) || bytes.length !== Number(type.code.slice(1))) {
    throw new Unfit(`a NumPy scalar of the type ${type?.code}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return read(view, type.little);
};

const numpyReaders: Record<string, (view: DataView, little: boolean) => unknown> = {
  f8: (v, little) => v.getFloat64(0, little),
  f4: (v, little) => v.getFloat32(0, little),
  i8: (v, little) => Number(v.getBigInt64(0, little)),
  i4: (v, little) => v.getInt32(0, little),
  i2: (v, little) => v.getInt16(0, little),
  i1: (v) => v.getInt8(0),
  u8: (v, little) => Number(v.getBigUint64(0, little)),
  u4: (v, little) => v.getUint32(0, little),
  u2: (v, little) => v.getUint16(0, little),
  u1: (v) => v.getUint8(0),
  b1: (v) => v.getUint8(0) !== 0,
};

/** Text as bytes: how pickles of protocol 2 hold bytes. */
const encode = (args: unknown[]) => {
  const [text, encoding] = args;
  if (typeof text !== "string" || encoding !== "latin1") throw new Unfit("an unknown encoding");
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
};

/** A copy of pairs or of nothing. */
const dictionary = (args: unknown[]) => new Map((args[0] ?? []) as [unknown, unknown][]);

const tensor = (args: unknown[]) => {
  const [storage, offset, shape, stride] = args;
  return new TensorView(storage as TorchStorage, { offset, shape, stride });
};

/**
 * All that the pickle of a checkpoint may call, by name; what is no function here stands for
 * itself.
 */
const callable: Record<string, Omit<Global, "name">> = {
  "collections.OrderedDict": { make: dictionary },
  "collections.defaultdict": { make: () => new Map() },
  "argparse.Namespace": {
    make: () => new Namespace(),
    build: (namespace, state) => {
      if (!(state instanceof Map)) throw new Unfit("a Namespace without fields");
      for (const [name, value] of state) (namespace as Namespace).set(String(name), value);
    },
  },
  "builtins.set": { make: ([values]) => [...(values as unknown[])] },
  "_codecs.encode": { make: encode },
  "pathlib.PosixPath": { make: (parts) => parts.join("/") },
  "numpy.dtype": {
    make: ([code]): NumpyType => ({ code: String(code), little: true }),
    build: (type, state) => {
      (type as NumpyType).little = (state as unknown[])[1] !== ">";
    },
  },
  "numpy.core.multiarray.scalar": { make: numpyScalar },
  "torch.Size": { make: ([sizes]) => sizes },
  "torch.device": { make: (parts) => parts.join(":") },
  "torch._utils._rebuild_tensor": { make: tensor },
  "torch._utils._rebuild_tensor_v2": { make: tensor },
  "torch._utils._rebuild_tensor_v3": {
    make: (args) => {
      const [storage, offset, shape, stride, , , type] = args;
      const dtype = (type as TorchType | undefined)?.dtype;
      return new TensorView(storage as TorchStorage, { offset, shape, stride, dtype });
    },
  },
  "torch._utils._rebuild_parameter": { make: ([data]) => data },
};

/** A `torch.dtype`, or a type of storage; an untyped one has no dtype. */
export type TorchType = Global & { dtype?: Dtype };

/**
 * What a name in the pickle of a checkpoint stands for; `undefined` for all that is not allowed.
 */
export function pytorchGlobal(name: string): TorchType | undefined {
  const canonical = name
    .replace(/^__builtin__\./, "builtins.").replace(/^numpy\._core\./, "numpy.core.");
  if (Object.hasOwn(callable, canonical)) return { name, ...callable[canonical] };
  if (/^torch(\.storage)?\.UntypedStorage$/.test(name)) return { name };
  const [, storage] = /^torch\.(?:cuda\.)?(\w+)Storage$/.exec(name) ?? [];
  if (storage && Object.hasOwn(dtypes, storage)) return { name, dtype: dtypes[storage] };
  const [, type] = /^torch\.(\w+)$/.exec(name) ?? [];
  if (type && Object.hasOwn(torchDtypes, type)) return { name, dtype: torchDtypes[type] };
}
