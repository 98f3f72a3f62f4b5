import type { Dtype } from "./dtype.ts";
import { jaxGlobals } from "./jax_globals.ts";
import { numpyGlobals } from "./numpy_globals.ts";
import type { Global } from "./pickle_machine.ts";
import { inert } from "./placeholder.ts";
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

/** Text as bytes: how pickles of protocol 2 hold bytes. */
const encode = (args: unknown[]) => {
  const [text, encoding] = args;
  if (typeof text !== "string" || encoding !== "latin1") throw new Unfit("an unknown encoding");
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
};

/** A copy of pairs or of nothing. */
const dictionary = (args: unknown[]) => new Map((args[0] ?? []) as [unknown, unknown][]);

const tensor = (args: unknown[]) => {
  const [storage, offset, shape, stride] = args;
  return new TensorView(storage as TorchStorage, { offset, shape, stride });
};

/** A tensor of a subclass, or one that carries attributes: the tensor that it is. */
const ofSubclass = (args: unknown[]) => {
  const [rebuild, , inner] = args as [Global, unknown, unknown[]];
  return (rebuild.make ?? inert(rebuild.name).make!)(inner);
};

/** What the pickle of a checkpoint may call, by name, with what is made of the arguments. */
const callable: Record<string, Omit<Global, "name">> = {
  "collections.OrderedDict": { make: dictionary },
  "collections.Counter": { make: dictionary },
  "collections.defaultdict": { make: () => new Map() },
  "argparse.Namespace": {
    make: () => new Namespace(),
    build: (namespace, state) => {
      if (!(state instanceof Map)) throw new Unfit("a Namespace without fields");
      for (const [name, value] of state) (namespace as Namespace).set(String(name), value);
    },
  },
  "builtins.set": { make: ([values]) => [...(values as unknown[])] },
  "builtins.frozenset": { make: ([values]) => [...(values as unknown[])] },
  "_codecs.encode": { make: encode },
  "pathlib.PosixPath": { make: (parts) => parts.join("/") },
  ...numpyGlobals,
  ...jaxGlobals,
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
  "torch._utils._rebuild_parameter_with_state": { make: ([data]) => data },
  "torch._utils._rebuild_device_tensor_from_cpu_tensor": { make: ([data]) => data },
  "torch._utils._rebuild_device_tensor_from_numpy": { make: ([data]) => data },
  "torch._tensor._rebuild_from_type": { make: ofSubclass },
  "torch._tensor._rebuild_from_type_v2": { make: ofSubclass },
};

/**
 * A `torch.dtype`, or a type of storage, whose element type has the name of ours or else its own;
 * an untyped storage has none.
 */
export type TorchType = Global & { dtype?: string };

/** Element types of PyTorch that are not read here. */
const foreign = /^torch\.(float[48]_\w+|complex\d+|q?u?int\d+(x\d)?|bits\w+)$/;

/** Modules whose functions run programs or reach for files: what no checkpoint is made of. */
const harmful = new RegExp(
  "^((os|posix|nt|subprocess|pty|shutil|socket|runpy|sys|importlib)\\.|" +
    "builtins\\.(eval|exec|compile|open|__import__|breakpoint|input)$)",
);

/** What lies in these modules and only holds values: of `os.uname()`, `subprocess.run()`, ... */
const records = new RegExp(
  "^((os|posix|nt)\\.(\\w+_result|terminal_size|sched_param)" +
    "|subprocess\\.CompletedProcess|socket\\.(Address\\w+|Socket\\w+))$",
);

/** Whether a name in a pickle is of what would run code, or reach for files, once it is called. */
export function isHarmful(name: string): boolean {
  const known = canonical(name);
  return harmful.test(known) && !records.test(known);
}

/** What a name in the pickle of a checkpoint stands for; `undefined` for one that is not known. */
export function pytorchGlobal(name: string): TorchType | undefined {
  const known = canonical(name);
  if (Object.hasOwn(callable, known)) return { name, ...callable[known] };
  if (/^torch(\.storage)?\.UntypedStorage$/.test(name)) return { name };
  const [, storage] = /^torch\.(?:cuda\.)?(\w+)Storage$/.exec(name) ?? [];
  if (storage) return { name, dtype: Object.hasOwn(dtypes, storage) ? dtypes[storage] : name };
  const [, type] = /^torch\.(\w+)$/.exec(name) ?? [];
  if (type && Object.hasOwn(torchDtypes, type)) return { name, dtype: torchDtypes[type] };
  if (foreign.test(name)) return { name, dtype: name };
}

/** A name as it was before its module moved. */
function canonical(name: string): string {
  return name.replace(/^__builtin__\./, "builtins.").replace(/^numpy\._core\./, "numpy.core.");
}
