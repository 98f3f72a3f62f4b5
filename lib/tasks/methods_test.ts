import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Row } from "../report/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { endTask, succeed, writeImages } from "../testing/task_run.ts";

const small = "--backend cpu --batch-size 4 --width 8 --depth 1 --heads 2 --epochs 0.25 --seeds 1";

permittedTest(
  "reproduce-table --methods trains and scores methods alike, and finds again what is finished",
  ["run", "read", "write", "env", "sys"],
  async () => {
    const home = await Deno.makeTempDir();
    await writeImages(home);
    const compare = async (methods: string) => {
      const line = `reproduce_table --methods ${methods} --data set --out all --json ${small}`;
      const { out, err } = await succeed(line, home);
      return { ...JSON.parse(out) as { paper: unknown[]; rows: Row[] }, err };
    };
    const first = await compare("simclr");
    const both = await compare("dino,simclr");
    assertEquals(both.paper.length, 20);
    assertEquals(
      both.rows.map(({ method, kind }) => [method, kind]),
      [
        ["DINO", "trained"],
        ["SimCLR", "trained"],
        ["random initialization", "untrained"],
        ["raw pixels", "plain"],
        ["color histogram", "plain"],
      ],
    );
    assertStringIncludes(both.err, "Finished before: ");
    assertEquals(both.rows[1], first.rows[0]);
    const trained = both.rows.slice(0, 2);
    assertEquals(trained.map(({ epochs, seed, preset }) => [epochs, seed, preset]), [
      ...[[0.25, 0, "tiny"], [0.25, 0, "tiny"]],
    ]);
    for (const { imagesPerSecond, memory, minutes } of trained) {
      assert(imagesPerSecond! > 0 && memory! > 0 && minutes! > 0);
    }
    const again = await compare("simclr,dino");
    assertEquals(again.rows, both.rows);
    assert(!again.err.includes("scoring"));
    await Deno.remove(home, { recursive: true });
  },
);

permittedTest(
  "reproduce-table --methods refuses what cannot be compared before anything is written",
  ["run", "read", "write", "env", "sys"],
  async () => {
    const home = await Deno.makeTempDir();
    await writeImages(home);
    const refused: [line: string, words: string][] = [
      ["--methods simclr,bowl", 'the method "bowl"'],
      ["--methods mugs --backbone resnet", "it has no preset tiny_resnet"],
      ["--methods all --steps 3", "--steps and --methods do not fit together"],
      ["--methods dino,simclr --head-hidden 8", "--head-hidden: SimCLR has no such option"],
      ["--methods all --preset tiny", "--methods and --preset contradict each other"],
      ["--backbone resnet", "--backbone needs --methods"],
      ["knn --methods all", "--methods compares in the main table"],
    ];
    for (const [line, words] of refused) {
      const { code, err } = await endTask(`reproduce_table ${line} --data set --out all`, home);
      assertStringIncludes(err, words);
      assertEquals(code, 2);
    }
    assertEquals([...Deno.readDirSync(home)].map(({ name }) => name), ["set"]);
    await Deno.remove(home, { recursive: true });
  },
);
