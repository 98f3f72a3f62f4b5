import { assertEquals } from "@std/assert";
import { permittedTest } from "./permitted.ts";

/** The rooms in levels: a room imports, and names, those of its own level or of lower ones only. */
const levels: readonly (readonly string[])[] = [
  ["tree", "random", "bytes", "images", "paper", "wasm", "tensorflow"],
  ["compile", "metrics", "nn", "optim", "checkpoint", "transforms"],
  ["models", "objectives", "datasets"],
  ["configs", "dense", "methods", "protocols", "report", "training"],
  ["pretraining", "original"],
  ["runs"],
  ["jobs"],
  ["cli", "study"],
  ["tasks", "bench", "notebooks", "door"],
];

/**
 * Which rooms of `lib` a room may import besides itself, so that data passes one way; every room
 * may import `random`.
 */
const mayImport: Record<string, string[]> = {
  tensorflow: [],
  wasm: [], // kernels for the backend `wasm`, as `tensorflow` has them for its own
  tree: [],
  random: [],
  bytes: [],
  images: [],
  paper: [],
  compile: ["tensorflow", "wasm", "tree"],
  metrics: ["images"], // the type of masks
  nn: ["tree"],
  optim: ["nn", "tree"], // its Euclidean norm, by which gradients are clipped
  checkpoint: ["bytes", "images", "tree"], // of images, how names are printed
  transforms: ["images"],
  // `transforms` here is how pixels are normalized, which some networks need undone.
  models: ["compile", "checkpoint", "images", "nn", "transforms", "tree"],
  objectives: ["nn", "tree"],
  // CIFAR comes as pickles, and COCO's masks as runs and polygons.
  datasets: ["checkpoint", "compile", "images", "metrics", "transforms", "tree"],
  configs: [], // types alone, so that help needs no TensorFlow.js
  methods: ["configs", "models", "objectives", "datasets", "transforms", "optim", "nn", "tree"],
  training: ["datasets", "tree"],
  // `images` here is the type of the pictures that are scored, or shown with what was learned.
  pretraining: [
    ...["training", "methods", "configs", "optim", "compile", "datasets", "images"],
    ...["checkpoint", "tree"],
    "nn", // by which processes exchange tensors
  ],
  original: ["pretraining", "methods", "configs", "models", "optim", "checkpoint", "tree"],
  protocols: [
    ...["training", "configs", "models", "optim", "compile", "checkpoint", "datasets"],
    ...["transforms", "images", "tree", "nn"],
  ],
  dense: [
    ...["training", "configs", "models", "metrics", "optim", "compile", "checkpoint", "datasets"],
    ...["transforms", "images", "tree", "nn"],
  ],
  report: ["paper", "images"],
  runs: ["bytes", "datasets"],
  jobs: [
    ...["runs", "original", "pretraining", "training", "configs", "report", "paper", "protocols"],
    ...["methods", "models", "datasets", "dense", "metrics", "checkpoint", "compile", "images"],
    "tree",
    "tensorflow", // to say what this machine lacks
  ],
  cli: ["configs", "images", "runs", "jobs"], // of jobs the types alone, so that help needs no TensorFlow.js
  study: [
    ...["jobs", "runs", "protocols", "report", "training", "configs", "models", "datasets"],
    ...["compile", "images"],
  ],
  notebooks: ["runs", "tensorflow"], // for its use of pip, by which JupyterLab is installed
};

/** Rooms that may import any room's `mod.ts`. */
const free = ["tasks", "bench", "door"];

type Import = { file: string; specifier: string; typeOnly: boolean };

const lib = new URL("../", import.meta.url);

const statement = /^\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm;
const call = /()import\(\s*"([^"]+)"\s*\)/g;

/** The sources below a folder, tests and benchmarks excepted. */
function sources(folder: URL): URL[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const url = new URL(name + (isDirectory ? "/" : ""), folder);
    if (isDirectory) return sources(url);
    return !name.endsWith(".ts") || /_(test|bench)\.ts$/.test(name) ? [] : [url];
  });
}

/** The imports of a file. */
function imports(file: URL): Import[] {
  const text = Deno.readTextFileSync(file);
  return [...text.matchAll(statement), ...text.matchAll(call)]
    .map(([, type, specifier = ""]) => ({ file: file.pathname, specifier, typeOnly: !!type }));
}

/** The room of a file, and its path in there. */
function placeOf(path: string): { room: string; inRoom: string } {
  const [room = "", ...inRoom] = path.slice(lib.pathname.length).split("/");
  return { room, inRoom: inRoom.join("/") };
}

function levelOf(room: string): number {
  return levels.findIndex((rooms) => rooms.includes(room));
}

permittedTest("every import keeps to the table of who may import whom", ["read"], () => {
  const faults: string[] = [];
  for (const { file, specifier, typeOnly } of sources(lib).flatMap(imports)) {
    if (!specifier.startsWith(".")) continue;
    const { room, inRoom } = placeOf(file);
    const { room: other, inRoom: target } = placeOf(
      new URL(specifier, `file://${file}`).pathname,
    );
    if (inRoom === "") continue; // lib/mod.ts is the front door
    if (room === other || room === "testing" || other.startsWith("deno.json")) continue;
    const allowed = free.includes(room) || other === "random" ||
      (mayImport[room]?.includes(other) && (room !== "cli" || other !== "jobs" || typeOnly)) ||
      (room === "configs" && typeOnly);
    if (!allowed) faults.push(`${room} may not import ${other}: ${inRoom}`);
    else if (target !== "mod.ts") faults.push(`${room}/${inRoom} enters ${other} by ${target}`);
  }
  assertEquals(faults, []);
});

Deno.test("the table lets no room import one of a higher level", () => {
  const faults = Object.entries(mayImport).flatMap(([room, others]) =>
    others.filter((other) => levelOf(other) > levelOf(room)).map((other) => `${room}: ${other}`)
  );
  assertEquals(faults, []);
});

permittedTest("no room names a file of a room above it, not even in a text", ["read"], () => {
  const rooms = levels.flat().join("|");
  const path = new RegExp(`\\b(${rooms})/[\\w/]*\\w\\.ts\\b`, "g");
  const faults = sources(lib).flatMap((file) => {
    const { room, inRoom } = placeOf(file.pathname);
    if (inRoom === "" || room === "testing") return [];
    return [...Deno.readTextFileSync(file).matchAll(path)]
      .filter(([, other = ""]) => levelOf(other) > levelOf(room))
      .map(([name]) => `${room}/${inRoom} names ${name}`);
  });
  assertEquals(faults, []);
});

permittedTest("every room stands in the table and has a level", ["read"], () => {
  const rooms = [...Deno.readDirSync(lib)]
    .filter(({ isDirectory }) => isDirectory).map(({ name }) => name);
  const tabled = [...Object.keys(mayImport), ...free, "testing"];
  assertEquals(rooms.filter((room) => !tabled.includes(room)), []);
  assertEquals(rooms.filter((room) => room !== "testing" && levelOf(room) < 0), []);
});

permittedTest("the guide for contributors has the same table", ["read"], () => {
  const text = Deno.readTextFileSync(new URL("CONTRIBUTING.md", lib));
  const lines = text.replace(/\n {2}(?=`)/g, " ").matchAll(/^- (\d) `(\w+)` imports (.*)$/gm);
  const table = [...lines].map(([, level, room = "", names = ""]) => [
    room,
    Number(level),
    [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  ]);
  const rooms = levels.flat().filter((room) => !free.includes(room));
  assertEquals(
    table,
    rooms.map((room) => [room, levelOf(room), mayImport[room]!.toSorted()]),
  );
});
