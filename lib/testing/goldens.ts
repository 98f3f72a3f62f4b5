import * as tf from "@tensorflow/tfjs";
import { readSafetensors, type Stored } from "../checkpoint/mod.ts";
import { type Backend, compile } from "../compile/mod.ts";
import { imagenetDeviation, imagenetMean } from "../transforms/mod.ts";
import type { Tree } from "../tree/mod.ts";
import { chooseBackend, theseFacts } from "./golden_backend.ts";
import { look, partsOf } from "./golden_files.ts";
import { picture } from "./picture.ts";
import { assertWithin, tolerance, type Tolerances } from "./tolerance.ts";

/** One golden file opened: its tensors, the JSON beside it, and its tolerances. */
export type Golden = {
  /** The file's name without its ending, such as `train_step_lars_normlast`. */
  set: string;
  /** The folder in which it lies. */
  folder: string;
  metadata: Record<string, string>;
  /** The JSON beside the file; to ask for one that is not there is an error. */
  // deno-lint-ignore no-explicit-any
  json: any;
  names: string[];
  /** The values of a tensor; 64-bit integers as numbers. */
  values(name: string): ArrayLike<number> & Iterable<number>;
  shape(name: string): number[];
  /** A tensor as float32, or as int32 where the file holds integers. */
  tensor(name: string): tf.Tensor;
  /** The tensors below a prefix, such as `param.`, by the rest of their names. */
  below(prefix: string): Record<string, tf.Tensor>;
  /** Images `[batch, height, width, 3]`, normalized, rebuilt from a low-resolution `*base_u8`. */
  picture(name: string): tf.Tensor4D;
  /** Images `[batch, height, width, 3]` from 0 to 1, of a `*pixels_u8`. */
  fractions(name: string): tf.Tensor4D;
  /** The same images, normalized. */
  normalized(name: string): tf.Tensor4D;
  /** Compares by the tolerances of the set (or of another one). */
  near(actual: tf.Tensor | ArrayLike<number>, name: string, set?: string): void;
  /** The same for numbers from the JSON; their name, and the set, choose the tolerance. */
  nearNumbers(
    actual: ArrayLike<number>,
    expected: ArrayLike<number>,
    at: { name: string; set?: string },
  ): void;
};

/** Options of {@linkcode golden}. */
export type GoldenOptions = {
  /**
   * The files of the set, in its folder; `*` stands for any text. The default is
   * `<set>*.safetensors`.
   */
  files?: string;
  /** The JSON beside the file, where its name is not the file's. */
  json?: string;
  /** Whether the property is also tested with `run` compiling. */
  compiled?: boolean;
  /** The backends that are fast enough; on others the test is an ignored step. */
  backends?: Backend[];
};

/** Runs a function as it is, or compiled. */
export type Runner = <Args extends unknown[], Result extends Tree>(
  f: (...args: Args) => Result,
) => (...args: Args) => Result;

type Test = (golden: Golden, run: Runner) => void | Promise<void>;

/**
 * Registers a test of one property for every file of a golden set, eager and (when requested)
 * compiled. The files lie in the folder named by `MUGS_GOLDENS`, else in `../shared/goldens` beside
 * the repository. A folder that is named but missing fails; one that is unnamed and missing makes
 * the test ignored, and its name says so.
 *
 * @param set The set's name, such as `losses`. A set in a subfolder, which has tolerances of its
 * own, is named by its path: `methods/dino/losses`.
 */
export function golden(
  set: string,
  property: string,
  test: Test,
  options: GoldenOptions = {},
): void {
  const { folder, name } = partsOf(set);
  const { files = `${name}*.safetensors`, compiled = false } = options;
  const place = look(folder ? `${folder}/${files}` : files);
  if ("missing" in place) {
    return Deno.test({
      name: `${set}: ${property} (${place.missing})`,
      ignore: !place.named,
      fn: () => {
        throw new Error(`Cannot find golden files "${files}": ${place.missing}`);
      },
    });
  }
  for (const path of place.paths) {
    for (const mode of compiled ? ["eager", "compiled"] as const : ["eager"] as const) {
      Deno.test({
        name: `${titleOf(set, path)}: ${property}${compiled ? `, ${mode}` : ""}`,
        sanitizeResources: false,
        sanitizeOps: false,
        fn: (t) => scoped(t, { path, mode, test, options }),
      });
    }
  }
}

/**
 * What a test of a file is called: the set comes first, and the file wherever it has another name.
 */
function titleOf(set: string, path: string): string {
  const { folder, name } = partsOf(set);
  if (!base(path).startsWith(name)) return `${set}: ${base(path)}`;
  return folder ? `${folder}/${base(path)}` : base(path);
}

/** Opens one golden file; a `.json` alone is a set without tensors. */
export async function openGolden(path: string, json = `${stem(path)}.json`): Promise<Golden> {
  const { folder } = partsOf(path);
  const { metadata, tensors } = path.endsWith(".json")
    ? { metadata: {}, tensors: {} as Record<string, Stored> }
    : await readSafetensors(path);
  const beside = json.startsWith("/") ? json : `${folder}/${json}`;
  const contents = await Deno.readTextFile(beside).then(JSON.parse, (error) => {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  });
  const tolerances: Tolerances = JSON.parse(await Deno.readTextFile(`${folder}/tolerances.json`));
  const stored = (name: string) => {
    if (tensors[name]) return tensors[name];
    throw new Error(`Cannot find "${name}" in ${path}`);
  };
  const values = (name: string): Float32Array | Float64Array | Int32Array | Uint8Array => {
    const { data } = stored(name);
    if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
      return Float64Array.from(data as BigInt64Array, Number);
    }
    return data as Float32Array;
  };
  const tensor = (name: string) => {
    const { dtype, shape } = stored(name);
    const whole = !/^B?F/.test(dtype);
    const data = whole ? Int32Array.from(values(name)) : Float32Array.from(values(name));
    return tf.tensor(data, shape, whole ? "int32" : "float32");
  };
  const fractions = (name: string) =>
    tensor(name).toFloat().div(255).transpose<tf.Tensor4D>([0, 2, 3, 1]);
  return {
    set: base(path),
    folder,
    metadata,
    get json() {
      if (contents === undefined) throw new Error(`Cannot find ${beside}`);
      return contents;
    },
    names: Object.keys(tensors),
    values,
    shape: (name) => stored(name).shape,
    tensor,
    below: (prefix) =>
      Object.fromEntries(
        Object.keys(tensors).filter((name) => name.startsWith(prefix))
          .map((name) => [name.slice(prefix.length), tensor(name)]),
      ),
    picture: (name) => picture(values(name), stored(name).shape as tf.Tensor4D["shape"]),
    fractions,
    normalized: (name) =>
      fractions(name).sub<tf.Tensor4D>(tf.tensor1d([...imagenetMean]))
        .div(tf.tensor1d([...imagenetDeviation])),
    near(actual, name, set = base(path)) {
      if (actual instanceof tf.Tensor && actual.size === size(stored(name).shape)) {
        const [a, b] = [actual.shape, stored(name).shape];
        if (String(a) !== String(b)) throw new Error(`"${name}" has shape [${a}], not [${b}]`);
      }
      const numbers = actual instanceof tf.Tensor ? actual.dataSync() : actual;
      assertWithin(numbers, values(name), { name, tolerance: tolerance(tolerances, set, name) });
    },
    nearNumbers(actual, expected, { name, set = base(path) }) {
      assertWithin(actual, expected, { name, tolerance: tolerance(tolerances, set, name) });
    },
  };
}

async function scoped(
  t: Deno.TestContext,
  { path, mode, test, options }: {
    path: string;
    mode: "eager" | "compiled";
    test: Test;
    options: GoldenOptions;
  },
) {
  const backend = await (chosen ??= chooseBackend(theseFacts()));
  const { backends } = options;
  if (backends && !backends.includes(backend)) {
    const name = `too slow on backend "${backend}": it needs ${backends.join(" or ")}`;
    await t.step({ name, ignore: true, fn() {} });
    return;
  }
  const functions: Disposable[] = [];
  const run: Runner = (f) => {
    if (mode === "eager") return f;
    const compiled = compile(f);
    functions.push(compiled);
    return compiled;
  };
  const file = await openGolden(path, options.json);
  tf.engine().startScope("golden");
  try {
    await test(file, run);
  } finally {
    tf.engine().endScope();
    for (const compiled of functions) compiled[Symbol.dispose]();
  }
}

let chosen: Promise<Backend> | undefined;

function base(path: string): string {
  return stem(partsOf(path).name);
}

function stem(path: string): string {
  return path.replace(/\.[^./]+$/, "");
}

function size(shape: number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}
