import { assertEquals } from "@std/assert";
import { permittedTest } from "./permitted.ts";

/**
 * Which rooms of `lib` a room may import besides itself, so that data passes one way; every room
 * may import `random`.
 */
const mayImport: Record<string, string[]> = {
  tensorflow: [],
  wasm: [], // kernels for the backend `wasm`, as `tensorflow` has them for its own
  tree: [],
  random: [],
  images: [],
  paper: [],
  compile: ["tensorflow", "wasm", "tree"],
  nn: ["tree"],
  optim: ["nn", "tree"], // its Euclidean norm, by which gradients are clipped
  checkpoint: ["tree"],
  transforms: ["images"],
  models: ["compile", "checkpoint", "nn", "tree"],
  objectives: ["nn", "tree"],
  datasets: ["images", "transforms", "tree"],
  configs: [], // types alone, so that help needs no TensorFlow.js
  methods: ["configs", "models", "objectives", "datasets", "transforms", "optim", "nn", "tree"],
  training: ["datasets", "tree"],
  // `images` here is the type of the pictures that are scored, or shown with what was learned.
  pretraining: [
    ...["training", "methods", "configs", "optim", "compile", "datasets", "images"],
    ...["checkpoint", "tree"],
  ],
  original: ["pretraining", "methods", "configs", "models", "optim", "checkpoint", "tree"],
  protocols: ["models", "optim", "compile", "datasets", "transforms", "images", "tree", "nn"],
  report: ["paper", "images"],
  runs: ["configs", "checkpoint"],
  notebooks: [], // runs other programs
  jobs: [
    ...["runs", "original", "pretraining", "training", "configs", "report", "paper"],
    // no longer of cli once jobs know no flags
    ...["protocols", "models", "datasets", "checkpoint", "compile", "images", "tree", "cli"],
  ],
  cli: ["configs", "models", "pretraining"],
};

/** Rooms that may import any room's `mod.ts`. */
const free = ["tasks", "bench"];

type Import = { file: string; specifier: string; typeOnly: boolean };

const statement = /^\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm;
const call = /()import\(\s*"([^"]+)"\s*\)/g;

/** The imports of all files below a folder, tests and benchmarks excepted. */
function imports(folder: URL): Import[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const url = new URL(name + (isDirectory ? "/" : ""), folder);
    if (isDirectory) return imports(url);
    if (!name.endsWith(".ts") || /_(test|bench)\.ts$/.test(name)) return [];
    const text = Deno.readTextFileSync(url);
    return [...text.matchAll(statement), ...text.matchAll(call)]
      .map(([, type, specifier = ""]) => ({ file: url.pathname, specifier, typeOnly: !!type }));
  });
}

permittedTest("every import keeps to the table of who may import whom", ["read"], () => {
  const lib = new URL("../", import.meta.url);
  const faults: string[] = [];
  for (const { file, specifier, typeOnly } of imports(lib)) {
    if (!specifier.startsWith(".")) continue;
    const target = new URL(specifier, `file://${file}`).pathname;
    const [room = "", ...inRoom] = file.slice(lib.pathname.length).split("/");
    const [other = "", ...inOther] = target.slice(lib.pathname.length).split("/");
    if (inRoom.length === 0) continue; // lib/mod.ts is the front door
    if (room === other || room === "testing") continue;
    const allowed = free.includes(room) || other === "random" || mayImport[room]?.includes(other) ||
      (room === "configs" && typeOnly);
    if (!allowed) faults.push(`${room} may not import ${other}: ${inRoom.join("/")}`);
    else if (inOther.join("/") !== "mod.ts") {
      faults.push(
        `${room}/${inRoom.join("/")} enters ${other} by ${inOther.join("/")}, not mod.ts`,
      );
    }
  }
  assertEquals(faults, []);
});

permittedTest("every room stands in the table", ["read"], () => {
  const rooms = [...Deno.readDirSync(new URL("../", import.meta.url))]
    .filter(({ isDirectory }) => isDirectory).map(({ name }) => name);
  const known = [...Object.keys(mayImport), ...free, "testing"];
  assertEquals(rooms.filter((room) => !known.includes(room)), []);
});
