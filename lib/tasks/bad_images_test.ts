import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { encode } from "../images/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { endTask, smallRun } from "../testing/task_run.ts";

const small = `--backend cpu --steps 3 ${smallRun} --batch-size 8`;

/**
 * Twelve images each of two classes to learn from, three each to be tested on. Of the first, one is
 * a page in place of an image and one is cut off; of the others one is empty.
 */
async function images(home: string) {
  for (const [c, name] of ["dark", "light"].entries()) {
    for (const [part, count] of [["train", 12], ["val", 3]] as const) {
      await Deno.mkdir(`${home}/set/${part}/${name}`, { recursive: true });
      for (let i = 0; i < count; i++) {
        const data = new Uint8Array(32 * 32 * 3).fill(150 * c + 5 * i);
        const png = await encode({ width: 32, height: 32, data });
        await Deno.writeFile(`${home}/set/${part}/${name}/${i}.png`, png);
      }
    }
  }
  await Deno.writeTextFile(`${home}/set/train/dark/page.jpg`, "<!DOCTYPE html><p>Not found");
  await Deno.truncate(`${home}/set/train/light/5.png`, 60);
  await Deno.truncate(`${home}/set/val/dark/1.png`);
}

permittedTest(
  "images that cannot be read: training skips and logs them, an evaluation asks what to do",
  ["run", "read", "write", "env", "sys"],
  async (t) => {
    const home = await Deno.makeTempDir();
    await images(home);

    await t.step("more than 1 % stop a training before it starts", async () => {
      const { code, err } = await endTask(`pretrain --data set --out no ${small}`, home);
      assertEquals(code, 1);
      const last = err.trim().split("\n").at(-1)!;
      assertMatch(last, /^error: Cannot go on: 1 of 25 images cannot be read/);
      assertStringIncludes(last, "train/dark/page.jpg (it is a web page, not an image)");
      assertStringIncludes(last, "repair or remove them, or raise --max-bad");
      assertEquals(await Deno.stat(`${home}/no`).catch(() => null), null);
    });

    await t.step("what its first bytes do not tell stops it where it happens", async () => {
      const line = `pretrain --data set --out late --max-bad 0.05 ${small}`;
      const { code, err } = await endTask(line, home);
      assertEquals(code, 1);
      assertMatch(
        err,
        /error: Cannot go on: 2 of 25 images cannot be read.*train\/light\/5\.png \(/,
      );
      assertEquals((await log(`${home}/late`)).length, 2);
    });

    await t.step("--max-bad lets it pass; each is named once in skipped.jsonl", async () => {
      const line = `pretrain --data set --out run --max-bad 0.1 ${small}`;
      const { code, err } = await endTask(line, home);
      assertEquals(code, 0, err);
      const entries = await log(`${home}/run`);
      assertEquals(entries.map(({ id }) => id).sort(), [
        "train/dark/page.jpg",
        "train/light/5.png",
      ]);
      assert(entries.every(({ reason }) => reason.length > 5));
    });

    const weights = "--data set --backend cpu --checkpoint run/checkpoint.safetensors";

    await t.step("an evaluation lists them and fails", async () => {
      const { code, out, err } = await endTask(`evaluate knn ${weights}`, home);
      assertEquals([code, out], [1, ""]);
      assertStringIncludes(err, "2 of 25 images cannot be read");
      assertStringIncludes(err, "leave them out with --skip-bad");
      assertStringIncludes(err, "train/dark/page.jpg: it is a web page");
    });

    await t.step("--skip-bad leaves them out and tells how many", async () => {
      const { code, out, err } = await endTask(`evaluate knn ${weights} --skip-bad --json`, home);
      assertEquals(code, 0, err);
      const { train, test, leftOut } = JSON.parse(out);
      assertEquals({ train, test, leftOut }, {
        train: 23,
        test: 5,
        leftOut: { train: 2, test: 1 },
      });
      assertStringIncludes(err, "left out val/dark/1.png: it is empty");
      const text = await endTask(`evaluate knn ${weights} --skip-bad --no-baselines`, home);
      assertStringIncludes(text.out, "2 of the images to learn from, 1 of those to test on");
    });

    await t.step("features leaves them out of its file", async () => {
      const line = `features ${weights} --skip-bad --out f.safetensors`;
      const { code, err } = await endTask(line, home);
      assertEquals(code, 0, err);
      assertStringIncludes(err, "23 + 5 features");
    });

    await t.step("reproduce-table does both, before it trains", async () => {
      const table = `reproduce_table --data set --out table ${small}`;
      const stopped = await endTask(table, home);
      assertEquals(stopped.code, 1);
      assertStringIncludes(stopped.err, "train/light/5.png");
      const tooMany = await endTask(`${table} --skip-bad`, home);
      assertMatch(tooMany.err, /error: Cannot go on: 2 of 25/);
      const { code, out, err } = await endTask(`${table} --skip-bad --max-bad 0.1`, home);
      assertEquals(code, 0, err);
      assertStringIncludes(out, "Left out, as they cannot be read: 2 of the images");
      assertEquals((await log(`${home}/table`)).length, 3);
    });
    await Deno.remove(home, { recursive: true });
  },
);

async function log(run: string): Promise<{ id: string; reason: string }[]> {
  const text = await Deno.readTextFile(`${run}/skipped.jsonl`);
  return text.trim().split("\n").map((line) => JSON.parse(line));
}
