import { assertEquals, assertStringIncludes } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { endTask, succeed, writeImages } from "../testing/task_run.ts";

permittedTest(
  "study lists its cells with what is done, and refuses what it does not know before it begins",
  ["run", "read", "write", "env", "sys"],
  async () => {
    const home = await Deno.makeTempDir();
    await writeImages(home);
    const refused: [line: string, words: string][] = [
      ["", "study takes the name of a study"],
      ["grains", 'not "grains"'],
      ["granularity --only grains", 'There is no cell "grains" in the design: --list shows all'],
      ["granularity --data set", "Cannot study set: it holds 16 images to learn from, and a step"],
    ];
    for (const [line, words] of refused) {
      const { code, err } = await endTask(`study ${line}`.trimEnd(), home);
      assertStringIncludes(err, words);
      assertEquals(code, 2);
    }
    const { out } = await succeed("study granularity --only pointer --list --out all", home);
    assertEquals(out.split("\n"), [
      ...[0, 1, 2].map((seed) => `- IDS + LGDS + GDS, seed ${seed}, memoryPointer reference`),
      "",
    ]);
    assertEquals([...Deno.readDirSync(home)].map(({ name }) => name), ["set"]);
    await Deno.remove(home, { recursive: true });
  },
);
