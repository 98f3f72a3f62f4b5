import { assertEquals } from "@std/assert";
import { permittedTest } from "./permitted.ts";

const root = new URL("../../", import.meta.url);

/** The rooms that have a `mod.ts`; `door` shows the documentation of the others. */
function rooms(): string[] {
  return [...Deno.readDirSync(new URL("lib/", root))]
    .filter(({ isDirectory, name }) => isDirectory && !["door", "testing", "tasks"].includes(name))
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
    .map((fault) => fault.split("\n").slice(0, 2).map((line) => line.trim()).join(" "));
}

/** Whether a fault is about a type that is not exported, be it one of an npm package. */
const isPrivate = (fault: string) => fault.startsWith("error[private-type-ref]");

permittedTest("everything that a room exports is documented", ["read", "run"], async () => {
  const modules = rooms().filter((room) => room !== "bench").map((room) => `lib/${room}/mod.ts`);
  const faults = await documentationFaults(modules);
  assertEquals(faults.filter((fault) => !isPrivate(fault)), []);
});

permittedTest("the front door exports the types that it uses", ["read", "run"], async () => {
  const faults = await documentationFaults(["lib/mod.ts"]);
  // deno doc considers every type of an npm package private.
  const elsewhere = /private type '(Tensor(\dD)?|Scalar)'/;
  assertEquals(faults.filter((fault) => !elsewhere.test(fault)), []);
});

permittedTest("the package exports every room that a program can use", ["read"], async () => {
  const { exports } = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
  const inner = ["bench", "bytes", "cli", "notebooks", "tensorflow", "wasm"];
  const entries = rooms().filter((room) => !inner.includes(room))
    .map((room) => [`./${room}`, `./lib/${room}/mod.ts`]);
  assertEquals(exports, { ".": "./lib/mod.ts", ...Object.fromEntries(entries) });
});
