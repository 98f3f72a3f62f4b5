import { assertEquals } from "@std/assert";
import { permittedTest } from "./permitted.ts";

const root = new URL("../../", import.meta.url);

/** The rooms that have a `mod.ts`. */
function rooms(): string[] {
  return [...Deno.readDirSync(new URL("lib/", root))]
    .filter(({ isDirectory, name }) => isDirectory && !["testing", "tasks"].includes(name))
    .map(({ name }) => name).sort();
}

/** What `deno doc --lint` finds in modules. */
async function documentationFaults(modules: readonly string[]): Promise<string[]> {
  const { stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--lint", ...modules],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  return new TextDecoder().decode(stderr).split(/^(?=error\[)/m)
    .filter((fault) => fault.startsWith("error["))
    // deno doc considers every type of an npm package private.
    .filter((fault) =>
      !fault.startsWith("error[private-type-ref]") || referredType(fault).includes("/lib/")
    )
    .map((fault) => fault.split("\n").slice(0, 2).map((line) => line.trim()).join(" "));
}

/** The part of a fault about the type that is referred to. */
function referredType(fault: string): string {
  return fault.slice(fault.indexOf("hint:"));
}

permittedTest("everything that a room exports is documented", ["read", "run"], async () => {
  const modules = rooms().filter((room) => room !== "bench").map((room) => `lib/${room}/mod.ts`);
  assertEquals(await documentationFaults(modules), []);
});

permittedTest("the front door exports the types that it uses", ["read", "run"], async () => {
  const faults = await documentationFaults(["lib/mod.ts"]);
  // A traced function holds TensorFlow's pointers, which are no affair of other rooms.
  assertEquals(faults.filter((fault) => !fault.includes("'TracedFunction'")), []);
});

permittedTest("the package exports every room that a program can use", ["read"], async () => {
  const { exports } = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
  const inner = ["bench", "cli", "notebooks", "tensorflow", "wasm"];
  const entries = rooms().filter((room) => !inner.includes(room))
    .map((room) => [`./${room}`, `./lib/${room}/mod.ts`]);
  assertEquals(exports, { ".": "./lib/mod.ts", ...Object.fromEntries(entries) });
});
