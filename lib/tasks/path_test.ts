import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { encode } from "../images/mod.ts";
import { permittedTest } from "../testing/permitted.ts";

const root = new URL("../../", import.meta.url);

/** A run of seconds on tfjs's own backend: what comes out says nothing, that it comes out is the test. */
const small =
  "--backend cpu --steps 2 --batch-size 4 --width 8 --depth 1 --heads 2 --head-hidden 8 " +
  "--predictor-hidden 8 --head-out 4 --bottleneck 4 --prototypes 8 --instance-queue 16 " +
  "--local-group-queue 16 --memory 16 --neighbors 2 --local-crops 1";

async function call(line: string, home: string) {
  const [task, ...args] = line.split(" ");
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-check", "-P", `lib/tasks/${task}.ts`, ...args],
    cwd: root,
    env: { NO_COLOR: "1", INIT_CWD: home },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (code !== 0) throw new Error(`${line} ended with ${code}: ${text(stderr)}`);
  return { out: text(stdout), err: text(stderr) };
}

/** Two classes of plain colours, eight images each to learn from and two to be tested on. */
async function images(home: string) {
  for (const [c, name] of ["dark", "light"].entries()) {
    for (const [part, count] of [["train", 8], ["val", 2]] as const) {
      await Deno.mkdir(`${home}/set/${part}/${name}`, { recursive: true });
      for (let i = 0; i < count; i++) {
        const data = new Uint8Array(32 * 32 * 3).fill(150 * c + 5 * i);
        const png = await encode({ width: 32, height: 32, data });
        await Deno.writeFile(`${home}/set/${part}/${name}/${i}.png`, png);
      }
    }
  }
}

permittedTest(
  "the whole path: a table from a folder of images, again at once, and from its checkpoint",
  ["run", "read", "write", "env", "sys"],
  async (t) => {
    const home = await Deno.makeTempDir();
    await images(home);
    const table = `reproduce_table --data set --out run ${small}`;

    await t.step("reproduce-table prints the paper's rows and the measured ones", async () => {
      const { out } = await call(table, home);
      const lines = out.split("\n").filter((line) => line.startsWith("|"));
      assertEquals(lines.length, 2 + 20 + 4);
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
      const { out, err } = await call(`${table} --json`, home);
      assertStringIncludes(err, "Finished before");
      assertEquals(JSON.parse(out).measured.length, 4);
    });

    await t.step("--checkpoint scores given weights", async () => {
      const { out } = await call(
        "reproduce_table --data set --out again --backend cpu --json --checkpoint run/checkpoint.safetensors",
        home,
      );
      const stored = JSON.parse(await Deno.readTextFile(`${home}/run/table.json`));
      const knn = (rows: { method: string; knn: number }[]) =>
        rows.map((row) => [row.method, row.knn]);
      assertEquals(knn(JSON.parse(out).measured), knn(stored.rows));
    });

    await t.step("evaluate prints one line of JSON, features writes a file", async () => {
      const weights = "--data set --backend cpu --checkpoint run/checkpoint.safetensors";
      const { out } = await call(`evaluate linear ${weights} --json`, home);
      assertEquals(out.trim().split("\n").length, 1);
      const { protocol, top1, data } = JSON.parse(out);
      assertEquals([protocol, data], ["linear probe on frozen features", "set"]);
      assert(top1 >= 0 && top1 <= 100);
      await call(`features ${weights} --out f.safetensors`, home);
      assert((await Deno.stat(`${home}/f.safetensors`)).size > 0);
    });

    await t.step(
      "pretrain leaves a line for each step, and does not go on beyond the last",
      async () => {
        await call(`pretrain --data set --out more ${small}`, home);
        const path = `${home}/more/metrics.jsonl`;
        assertEquals((await Deno.readTextFile(path)).trim().split("\n").length, 2);
        const again = await call(`pretrain --data set --out more --resume ${small}`, home).catch((
          e,
        ) => e);
        assertStringIncludes(String(again), "come to its last step");
      },
    );
    await Deno.remove(home, { recursive: true });
  },
);
