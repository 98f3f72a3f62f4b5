import { assert, assertEquals, assertThrows } from "@std/assert";
import { look } from "../testing/golden_files.ts";
import { assertWithin, tolerance, type Tolerances } from "../testing/tolerance.ts";
import { openTensors } from "./open_tensors.ts";

type Expected = {
  path: string[];
  shape: number[];
  dtype: string;
  sum: number;
  abs_sum: number;
  first4: number[];
  last: number | null;
};

type File = {
  expect: string;
  tensors: Expected[];
  top_level_keys?: string[];
  args?: Record<string, unknown>;
  lr?: number[];
};

const dtypes: Record<string, string> = {
  F64: "float64",
  F32: "float32",
  F16: "float16",
  BF16: "bfloat16",
  I64: "int64",
  I32: "int32",
  I16: "int16",
  I8: "int8",
  U8: "uint8",
  BOOL: "bool",
};

const places = {
  "checkpoints": look("checkpoints"),
  "methods/dino/checkpoints": look("methods/dino/checkpoints"),
  "methods/ibot/checkpoints": look("methods/ibot/checkpoints"),
  "methods/moco_v3/checkpoints": look("methods/moco_v3/checkpoints"),
  "methods/swav/checkpoints": look("methods/swav/checkpoints"),
  "methods/byol/checkpoints": look("methods/byol/checkpoints"),
  "methods/deepcluster_v2/checkpoints": look("methods/deepcluster_v2/checkpoints"),
  "methods/info_min/checkpoints": look("methods/info_min/checkpoints"),
  "methods/simsiam/checkpoints": look("methods/simsiam/checkpoints"),
};

for (const [set, place] of Object.entries(places)) {
  if ("missing" in place) {
    Deno.test({
      name: `${set}: every file is read or refused (${place.missing})`,
      ignore: !place.named,
      fn: () => assert(false, place.missing),
    });
    continue;
  }
  const [folder = ""] = place.paths;
  for (const [name, file] of Object.entries(listed(set, folder))) {
    if (file.expect.startsWith("load")) {
      Deno.test(`${set}: ${name} holds the official tensors and values`, () =>
        holds(`${folder}/${name}`, file));
    } else {
      Deno.test(`${set}: ${name} is refused in a sentence`, () =>
        refused(`${folder}/${name}`, file.expect));
    }
  }
}

/** The files that are described; where they are not, a test fails that says so. */
function listed(set: string, folder: string): Record<string, File> {
  try {
    return JSON.parse(Deno.readTextFileSync(`${folder}/expected.json`)).files;
  } catch (error) {
    Deno.test(`${set}: expected.json lists the files`, () => Promise.reject(error));
    return {};
  }
}

/** The tolerances of a folder of checkpoints, or else those of the first one. */
function tolerancesOf(folder: string): Tolerances {
  const read = (path: string) => JSON.parse(Deno.readTextFileSync(`${path}/tolerances.json`));
  const tolerances = read(`${folder}/..`);
  return tolerances.checkpoints ? tolerances : read(`${folder}/../../..`);
}

function holds(path: string, expected: File) {
  const folder = path.slice(0, path.lastIndexOf("/"));
  const tolerances = tolerancesOf(folder);
  using file = openTensors(path);
  const official = new Map(expected.tensors.map((t) => [t.path.join("."), t]));
  // Of pickles that no checkpoint needs to be, only the networks are described.
  const described = (name: string) => expected.expect === "load" || official.has(name);
  const names = Object.keys(file.tensors).filter(described);
  assertEquals(names.sort(), [...official.keys()].sort());
  for (const [name, { shape, dtype, ...values }] of official) {
    const tensor = file.tensors[name]!;
    assertEquals([tensor.shape, dtypes[tensor.dtype]], [shape, dtype], name);
    const data = Array.from(tensor.read() as ArrayLike<number | bigint>, Number);
    const near = (what: "sum" | "abs_sum", found: number) =>
      assertWithin([found], [values[what]], {
        name: `${name}.${what}`,
        tolerance: tolerance(tolerances, "checkpoints", what),
      });
    near("sum", sum(data));
    near("abs_sum", sum(data.map(Math.abs)));
    assertEquals(data.slice(0, 4), values.first4, name);
    assertEquals(data.at(-1) ?? null, values.last, name);
  }
  const root = file.root as Map<string, unknown>;
  if (expected.top_level_keys) assertEquals([...root.keys()], expected.top_level_keys);
  if (expected.args) {
    assertEquals(Object.fromEntries(root.get("args") as Map<string, unknown>), expected.args);
  }
  if (expected.lr) {
    const optimizer = root.get("optimizer") as Map<string, Map<string, unknown>[]>;
    assertEquals(optimizer.get("param_groups")!.map((group) => group.get("lr")), expected.lr);
  }
}

/**
 * A sum without the errors of rounding on the way, which count where values cancel out (Neumaier
 * 1974).
 */
function sum(values: number[]): number {
  let [total, lost] = [0, 0];
  for (const value of values) {
    const next = total + value;
    const [large, small] = Math.abs(total) >= Math.abs(value) ? [total, value] : [value, total];
    if (Number.isFinite(next)) lost += large - next + small;
    total = next;
  }
  return total + lost;
}

function refused(path: string, expect: string) {
  const error = assertThrows(() => {
    using file = openTensors(path);
    for (const tensor of Object.values(file.tensors)) tensor.read();
  }, SyntaxError);
  const { message } = error as Error;
  assert(message.startsWith(`Cannot read ${path}: `) && !message.includes("\n"), message);
  if (!expect.startsWith("refuse")) return;
  assert(/its pickle names "[\w.]+"/.test(message), message);
  assertThrows(() => Deno.statSync("/tmp/pwned"), Deno.errors.NotFound);
}
