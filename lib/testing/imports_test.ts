import { assertEquals } from "@std/assert";
import { permittedTest } from "./permitted.ts";

/** Which rooms of `lib` a room may import (besides itself), so that data passes one way; `random` is open to all. */
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
  datasets: ["images", "transforms"],
  methods: ["models", "objectives", "nn", "tree"],
  // `images` here is the type of the pictures that are scored, or shown with what was learned.
  training: ["models", "methods", "optim", "compile", "datasets", "images", "checkpoint", "tree"],
  protocols: ["models", "optim", "compile", "datasets", "transforms", "images", "tree", "nn"],
  configs: [],
  report: ["paper", "images"],
  runs: ["training", "configs", "checkpoint"],
  notebooks: [], // runs other programs
  jobs: [
    ...["runs", "training", "configs", "report", "paper", "protocols", "models", "datasets"],
    ...["checkpoint", "compile", "images", "tree", "cli"], // no longer of cli once jobs know no flags
  ],
  cli: ["configs", "models", "training"],
};

/** Rooms that may import any room's `mod.ts`. */
const free = ["tasks", "bench"];

type Import = { file: string; specifier: string; typeOnly: boolean };

function imports(folder: URL): Import[] {
  const found: Import[] = [];
  for (const entry of Deno.readDirSync(folder)) {
    const url = new URL(entry.name + (entry.isDirectory ? "/" : ""), folder);
    if (entry.isDirectory) found.push(...imports(url));
    else if (entry.name.endsWith(".ts") && !/_(test|bench)\.ts$/.test(entry.name)) {
      const text = Deno.readTextFileSync(url);
      const pattern =
        /^\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"|import\(\s*"([^"]+)"\s*\)/gm;
      for (const [, type, from, dynamic] of text.matchAll(pattern)) {
        found.push({ file: url.pathname, specifier: from ?? dynamic, typeOnly: !!type });
      }
    }
  }
  return found;
}

permittedTest("every import keeps to the table of who may import whom", ["read"], () => {
  const lib = new URL("../", import.meta.url);
  const faults: string[] = [];
  for (const { file, specifier, typeOnly } of imports(lib)) {
    if (!specifier.startsWith(".")) continue;
    const target = new URL(specifier, `file://${file}`).pathname;
    const [room, ...inRoom] = file.slice(lib.pathname.length).split("/");
    const [other, ...inOther] = target.slice(lib.pathname.length).split("/");
    if (inRoom.length === 0 || room === other || room === "testing") continue; // lib/mod.ts is the front door
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
