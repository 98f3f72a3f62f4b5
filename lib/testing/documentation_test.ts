import { assertEquals } from "@std/assert";
import { permittedTest } from "./permitted.ts";

permittedTest("everything that a room exports is documented", ["read", "run"], async () => {
  const lib = new URL("../", import.meta.url);
  const rooms = [...Deno.readDirSync(lib)]
    .filter(({ isDirectory, name }) => isDirectory && !["testing", "tasks", "bench"].includes(name))
    .map(({ name }) => `lib/${name}/mod.ts`);
  const { stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--lint", ...rooms],
    cwd: new URL("../", lib),
    env: { NO_COLOR: "1" },
  }).output();
  const faults = new TextDecoder().decode(stderr).split(/^(?=error\[)/m)
    .filter((fault) => fault.startsWith("error["))
    // deno doc takes every type of an npm package for a private one.
    .filter((fault) =>
      !(fault.startsWith("error[private-type-ref]") && !fault.includes("/lib/", at(fault)))
    )
    .map((fault) => fault.split("\n").slice(0, 2).map((line) => line.trim()).join(" "));
  assertEquals(faults, []);
});

/** Where a fault begins to tell of the type that is referred to. */
function at(fault: string): number {
  return fault.indexOf("hint:");
}
