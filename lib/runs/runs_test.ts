import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { defaultFolder, pathOf } from "./folder.ts";
import { type Identity, keyOf } from "./key.ts";
import { lock } from "./lock.ts";
import { beginRun } from "./record.ts";
import { finishRun, readResult } from "./result.ts";

const identity: Identity = {
  config: { seed: 0, width: 128 },
  minutes: 5,
  data: "abc",
  backend: "tensorflow",
  checkpoint: null,
  protocol: { k: 20 },
};

Deno.test("runs lie in the clone, or below the working folder of a program elsewhere", () => {
  const clone = new URL("file:///home/a%20b/mugs/");
  const folder = (project: URL, working?: string, named?: string) =>
    defaultFolder(project, { named, working });
  assertEquals(folder(clone, "/home/a b/mugs"), "/home/a b/mugs/data/runs");
  assertEquals(folder(clone, "/home/a b/mugs/notebooks"), "/home/a b/mugs/data/runs");
  assertEquals(folder(clone), "/home/a b/mugs/data/runs");
  assertEquals(folder(clone, "/home/a b/mugs-study"), "/home/a b/mugs-study/runs");
  assertEquals(folder(new URL("https://jsr.io/@mugs/mugs/"), "/tmp"), "/tmp/runs");
  assertEquals(folder(clone, "/tmp", "/data"), "/data");
});

Deno.test("keyOf() is the same whatever the order of the fields", async () => {
  const turned = { ...identity, config: { width: 128, seed: 0 } };
  assertEquals(await keyOf(identity), await keyOf(turned));
});

Deno.test("keyOf() differs when seed, data, backend, budget or weights do", async () => {
  const others = [
    { ...identity, config: { ...identity.config, seed: 1 } },
    { ...identity, data: "abd" },
    { ...identity, backend: "cpu" },
    { ...identity, minutes: null },
    { ...identity, checkpoint: "f00" },
  ];
  for (const other of others) assertNotEquals(await keyOf(other), await keyOf(identity));
});

permittedTest("a run is finished once its table is written, and only under its key", [
  "read",
  "write",
], async () => {
  const run = { path: await Deno.makeTempDir(), key: await keyOf(identity) };
  await beginRun(run, { ...identity, resolved: {}, dataName: "x", images: 8 });
  assertEquals(await readResult(run), null);
  await finishRun(run, { rows: [1] }, { "table.md": "| a |" });
  assertEquals((await readResult<{ rows: number[] }>(run))?.rows, [1]);
  assertEquals(await readResult({ ...run, key: "another" }), null);
  assertEquals(await Deno.readTextFile(pathOf(run, "table.md")), "| a |");
  await beginRun(run, { ...identity, resolved: {}, dataName: "x", images: 8 });
  assertEquals(await readResult(run), null);
  await Deno.remove(run.path, { recursive: true });
});

permittedTest(
  "a folder that cannot be written to is told with what to do",
  ["read", "write"],
  async () => {
    const home = await Deno.makeTempDir();
    await Deno.writeTextFile(`${home}/file`, "");
    const run = { path: `${home}/file/run`, key: "k" }; // within a file the system makes no folder
    const { message } = await assertRejects(
      () => beginRun(run, { ...identity, resolved: {}, dataName: "x", images: 8 }),
      Error,
    );
    assertEquals(
      message,
      `Cannot write to ${run.path}: Not a directory (os error 20); see that there is room and ` +
        "that it may be written to, or name another folder",
    );
    await assertRejects(() => lock(run), Error, `Cannot write to ${run.path}: Not a directory`);
    await Deno.remove(home, { recursive: true });
  },
);
