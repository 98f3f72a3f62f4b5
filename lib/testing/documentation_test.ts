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
    // deno doc considers every type of an npm package private.
    .filter((fault) =>
      !fault.startsWith("error[private-type-ref]") || referredType(fault).includes("/lib/")
    )
    .map((fault) => fault.split("\n").slice(0, 2).map((line) => line.trim()).join(" "));
  assertEquals(faults, []);
});

/** The part of a fault about the type that is referred to. */
function referredType(fault: string): string {
  return fault.slice(fault.indexOf("hint:"));
}
