import { assertEquals, assertStringIncludes } from "@std/assert";
import { permittedTest } from "./permitted.ts";

/** What a program says that imports the library and may read files, but not call native code. */
async function run(program: string): Promise<{ out: string; err: string }> {
  const config = decodeURIComponent(new URL("../../deno.json", import.meta.url).pathname);
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(file, `import * as mugs from "mugs";\n${program}`);
  const args = ["run", "-q", "--no-check", "--config", config, "--allow-read", "--allow-env", file];
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    env: { NO_COLOR: "1" },
  }).output();
  await Deno.remove(file);
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { out: text(stdout), err: text(stderr) };
}

permittedTest(
  "a program that chooses no backend gets the fastest one that it may use, and is told",
  ["run", "read", "write"],
  async () => {
    const { out, err } = await run(`
      const data = mugs.granules({ size: 16, train: 4, test: 2, individuals: 1 });
      for (let i = 0; i < 2; i++) await mugs.baselines(data, { evalCrop: "whole" });
      await mugs.use("cpu").catch((error) => console.log(error.message));
    `);
    assertEquals(err, "note: no backend was chosen, so wasm computes; `use` chooses another\n");
    assertStringIncludes(out, "Cannot switch from the backend wasm to cpu: ");
  },
);

permittedTest(
  "a function that cannot wait for a backend says once that the slowest one computes",
  ["run", "read", "write"],
  async () => {
    const { out, err } = await run(`
      for (let i = 0; i < 2; i++) mugs.initVit({ ...mugs.tiny, depth: 1 }, new mugs.Random(0));
      await mugs.useFastest().catch((error) => console.log(error.message));
    `);
    assertEquals(err.split("\n").length, 2, err);
    assertStringIncludes(err, "no backend was chosen, so cpu computes, several hundred times");
    assertStringIncludes(out, "Cannot switch from the backend cpu to ");
  },
);
