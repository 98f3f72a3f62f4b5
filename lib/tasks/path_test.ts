import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { smallRun, succeed, writeImages } from "../testing/task_run.ts";

const small = `--backend cpu --steps 2 ${smallRun}`;

permittedTest(
  "the whole path: a table from a folder of images, again at once, and from its checkpoint",
  ["run", "read", "write", "env", "sys"],
  async (t) => {
    const home = await Deno.makeTempDir();
    await writeImages(home);
    const table = `reproduce_table --data set --out run ${small}`;

    await t.step("reproduce-table prints the paper's rows and the measured ones", async () => {
      const { out } = await succeed(table, home);
      const lines = out.split("\n").filter((line) => line.startsWith("|"));
      assertEquals(lines.length, 2 + (1 + 20) + (1 + 4)); // with a heading above each part
      for (
        const name of ["table.md", "table.json", "figure.html", "config.json", "metrics.jsonl"]
      ) {
        assert((await Deno.stat(`${home}/run/${name}`)).size > 0, name);
      }
      const config = JSON.parse(await Deno.readTextFile(`${home}/run/config.json`));
      assertEquals([config.resolved.steps, config.backend], [2, "cpu"]);
      const metrics = (await Deno.readTextFile(`${home}/run/metrics.jsonl`)).trim().split("\n");
      assertEquals(metrics.map((line) => JSON.parse(line).step), [1, 2]);
    });

    await t.step("the finished run is used again", async () => {
      const { out, err } = await succeed(`${table} --json`, home);
      assertStringIncludes(err, "Finished before");
      assertEquals(JSON.parse(out).measured.length, 4);
    });

    await t.step("reproduce-table knn takes its rows from the finished run", async () => {
      const { out } = await succeed(table.replace("_table", "_table knn"), home);
      assertStringIncludes(out, "mugs-readme, Table 1");
      assertEquals(out.split("Measured here")[1]?.match(/^\| /gm)?.length, 4);
    });

    await t.step("reproduce-table fine-tune trains on from the weights and from none", async () => {
      const line = `reproduce_table fine-tune --data set --out tuned --json ${small}`;
      const { paper, measured } = JSON.parse((await succeed(line, home)).out);
      assertEquals(paper.length, 17);
      assertEquals(measured.map(({ method, column }: Record<string, string>) => [method, column]), [
        ["Mugs", "fine-tuning"],
        ["random initialization", "fine-tuning"],
      ]);
      const again = await succeed(line, home);
      assertEquals(JSON.parse(again.out).measured, measured);
      await Deno.remove(`${home}/tuned/fine-tune/checkpoint.safetensors`); // killed before the first
      assertEquals(JSON.parse((await succeed(line, home)).out).measured, measured);
      const repeated = await succeed(`${line} --fresh --seed 1`, home);
      assertEquals(JSON.parse(repeated.out).measured.length, measured.length);
      const loading = "--workers 0 --cache decoded";
      const cached = await succeed(`${line.replace("tuned", "cached")} ${loading}`, home);
      assertEquals(JSON.parse(cached.out).measured, measured);
      assert((await Array.fromAsync(Deno.readDir(`${home}/decoded`))).length > 0);
    });

    await t.step("--checkpoint scores given weights", async () => {
      const { out } = await succeed(
        "reproduce_table --data set --out again --backend cpu --json " +
          "--checkpoint run/checkpoint.safetensors",
        home,
      );
      const stored = JSON.parse(await Deno.readTextFile(`${home}/run/table.json`));
      const knn = (rows: { method: string; knn: number }[]) =>
        rows.map((row) => [row.method, row.knn]);
      assertEquals(knn(JSON.parse(out).measured), knn(stored.rows));
    });

    await t.step("evaluate prints one line of JSON, features writes a file", async () => {
      const weights = "--data set --backend cpu --checkpoint run/checkpoint.safetensors";
      const { out } = await succeed(`evaluate linear ${weights} --json`, home);
      assertEquals(out.trim().split("\n").length, 1);
      const { protocol, top1, data } = JSON.parse(out);
      assertEquals([protocol, data], ["linear probe on frozen features", "set"]);
      assert(top1 >= 0 && top1 <= 100);
      await succeed(`features ${weights} --out f.safetensors`, home);
      assert((await Deno.stat(`${home}/f.safetensors`)).size > 0);
    });

    await t.step(
      "pretrain leaves a line for each step; gone on with after the last, it has nothing to do",
      async () => {
        const { out } = await succeed(`pretrain --data set --out more ${small}`, home);
        const steps = async () =>
          (await Deno.readTextFile(`${home}/more/metrics.jsonl`)).trim().split("\n")
            .map((line) => JSON.parse(line).step);
        assertEquals(await steps(), [1, 2]);
        const again = await succeed(`pretrain --data set --out more --resume ${small}`, home);
        assertStringIncludes(again.err, "has come to its last step already");
        assertEquals([again.out, await steps()], [out, [1, 2]]);
      },
    );
    await Deno.remove(home, { recursive: true });
  },
);
