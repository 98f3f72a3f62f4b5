import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { openState } from "../pretraining/mod.ts";
import { readConfig, readLines } from "../runs/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { endTask, smallRun, succeed, writeImages } from "../testing/task_run.ts";

const pretrain = (line: string, home: string) => endTask(`pretrain ${line}`, home);

permittedTest(
  "a finished run is continued for longer, in its folder or in another one",
  ["run", "read", "write", "env", "sys"],
  async (t) => {
    const home = await Deno.makeTempDir();
    await writeImages(home);
    const run = { path: `${home}/run` };
    const steps = async (path = run.path) => (await readLines({ path })).map(({ step }) => step);
    const begin = `--data set --backend cpu --steps 2 ${smallRun}`;
    await succeed(`pretrain ${begin} --out run`, home);

    await t.step("its config.json holds what was run", async () => {
      const record = await readConfig(run);
      const { steps, epochs } = record!.resolved;
      assertEquals([steps, epochs], [2, 0.5]); // four steps of four images make an epoch of 16
      const text = await Deno.readTextFile(`${run.path}/config.json`);
      assertEquals(text.match(/"(steps|epochs)":/g)?.length, 2); // and nothing else is said of it
    });

    await t.step("records of earlier versions are continued, and can be repeated", async () => {
      await succeed(`pretrain ${begin} --out old`, home);
      const path = `${home}/old/config.json`;
      const { resolved, ...record } = JSON.parse(await Deno.readTextFile(path));
      const config = { ...resolved, epochs: 52 };
      await Deno.writeTextFile(path, JSON.stringify({ ...record, config, resolved }));
      await succeed("pretrain --data set --out old --resume --steps 3", home);
      assertEquals(await steps(`${home}/old`), [1, 2, 3]);
      await succeed("pretrain --data set --backend cpu --config old/config.json --out anew", home);
      assertEquals(await steps(`${home}/anew`), [1, 2, 3]);
      const text = await Deno.readTextFile(path);
      assertEquals(text.match(/"(steps|epochs)":/g)?.length, 2);
    });

    await t.step("--resume --steps adds steps, and notes them", async () => {
      await succeed("pretrain --data set --out run --resume --steps 5", home);
      assertEquals(await steps(), [1, 2, 3, 4, 5]);
      const record = await readConfig(run);
      assertEquals([record!.resolved.steps, record!.extended], [5, [2]]);
      const { step, config } = openState(`${run.path}/checkpoint.safetensors`);
      assertEquals([step, config.steps], [5, 5]);
    });

    await t.step("--resume --epochs counts from the beginning, --minutes from there", async () => {
      await succeed("pretrain --data set --out run --resume --epochs 1.5", home);
      assertEquals((await steps()).at(-1), 6);
      await succeed("pretrain --data set --out run --resume --minutes 0.05", home);
      assert((await steps()).at(-1)! > 6);
    });

    await t.step("it is not made shorter, and else stays as it is", async () => {
      const shorter = await pretrain("--data set --out run --resume --steps 3", home);
      assertEquals(shorter.code, 2);
      assertStringIncludes(shorter.err, "for 3 steps: it has done ");
      const other = await pretrain("--data set --out run --resume --epochs 99 --heads 1", home);
      assertEquals(other.code, 2);
      assertStringIncludes(other.err, "it has --heads 2");
    });

    await t.step("--resume-from continues its checkpoint in a new run", async () => {
      await succeed(`pretrain ${begin} --out short`, home);
      const from = "--resume-from short/checkpoint.safetensors";
      await succeed(`pretrain --data set --backend cpu ${from} --steps 4 --out next`, home);
      assertEquals(await steps(`${home}/next`), [3, 4]);
      // The numbers are those of the run that is continued in its own folder.
      await succeed("pretrain --data set --out short --resume --steps 4", home);
      const totals = async (name: string) =>
        (await readLines({ path: `${home}/${name}` })).slice(-2).map(({ total }) => total);
      assertEquals(await totals("next"), await totals("short"));
    });
    await Deno.remove(home, { recursive: true });
  },
);

permittedTest(
  "--config takes what a run's config.json says was run, and flags come before it",
  ["run", "read", "write", "env", "sys"],
  async () => {
    const home = await Deno.makeTempDir();
    await writeImages(home);
    await succeed(`pretrain --data set --backend cpu --steps 2 ${smallRun} --out run`, home);
    const line = "--data set --backend cpu --config run/config.json --out again";
    await succeed(`pretrain ${line}`, home);
    const [first, again] = await Promise.all(
      ["run", "again"].map(async (name) => await readConfig({ path: `${home}/${name}` })),
    );
    assertEquals(again!.resolved, first!.resolved);
    const printed = await pretrain(`${line} --batch-size 8 --print-config`, home);
    const origin = (name: string) =>
      printed.out.split("\n").find((row) => row.startsWith(`${name} `))?.split(/ {2,}/).slice(1);
    assertEquals(origin("batch-size"), ["8", "flag --batch-size"]);
    assertEquals(origin("heads"), ["2", `file ${home}/run/config.json`]);
    const wrong: [string, string][] = [
      ["--config no.json", "there is no such file"],
      ["--config run/metrics.jsonl", "name a run's config.json"],
      ["--config run/config.json --preset tiny", "--config and --preset contradict each other"],
      ["--config run/config.json --method dino", "it is of mugs; leave the method out"],
    ];
    for (const [line, why] of wrong) {
      const { code, err } = await pretrain(line, home);
      assertEquals(code, 2, err);
      assertStringIncludes(err, why);
    }
    await Deno.remove(home, { recursive: true });
  },
);

permittedTest(
  "a run is continued with its images under another name, and not with others",
  ["run", "read", "write", "env", "sys"],
  async () => {
    const home = await Deno.makeTempDir();
    await writeImages(home);
    await succeed(`pretrain --data set --backend cpu --steps 2 ${smallRun} --out run`, home);
    await Deno.rename(`${home}/set`, `${home}/elsewhere`);
    await succeed("pretrain --data elsewhere --out run --resume --steps 3", home);
    // As many images, of which one has another size.
    const path = `${home}/elsewhere/train/dark/0.png`;
    await Deno.writeFile(path, new Uint8Array(1), { append: true });
    const { code, err } = await pretrain("--data elsewhere --out run --resume --steps 4", home);
    assertEquals(code, 2);
    assertStringIncludes(err, "whose images have other paths or sizes");
    await Deno.remove(home, { recursive: true });
  },
);
