import { assert, assertEquals } from "@std/assert";
import { encode, encodeMask } from "../images/mod.ts";
import * as mugs from "../mod.ts";
import { permittedTest } from "./permitted.ts";
import { smallConfig, succeed, writeImages } from "./task_run.ts";

/** What a notebook shows of a bare value. */
async function shown(value: object): Promise<Readonly<Record<string, unknown>>> {
  const { [Symbol.for("Jupyter.display")]: display } = value as Record<
    symbol,
    () => Promise<Record<string, unknown>>
  >;
  assert(typeof display === "function", Deno.inspect(value, { depth: 0 }));
  assert(!Object.keys(value).includes("Symbol(Jupyter.display)"));
  return await display.call(value);
}

async function assertShows(value: object, types: string[], text: RegExp): Promise<void> {
  const forms = await shown(value);
  assertEquals(Object.keys(forms).sort(), types.sort());
  const plain = forms["text/plain"] as string;
  assert(text.test(plain), plain);
}

/** Writes a video of three frames in the layout of DAVIS, with an object that stays in its place. */
async function writeVideo(home: string): Promise<string> {
  for (const part of ["JPEGImages", "Annotations"]) {
    await Deno.mkdir(`${home}/davis/${part}/480p/still`, { recursive: true });
  }
  for (const i of [0, 1, 2]) {
    const data = new Uint8Array(32 * 32 * 3).fill(200, 0, 16 * 32 * 3);
    const mask = new Uint8Array(32 * 32).fill(1, 0, 16 * 32);
    const names = [`JPEGImages/480p/still/${i}.jpg`, `Annotations/480p/still/${i}.png`] as const;
    await Deno.writeFile(
      `${home}/davis/${names[0]}`,
      await encode({ width: 32, height: 32, data }),
    );
    await Deno.writeFile(
      `${home}/davis/${names[1]}`,
      await encodeMask({ width: 32, height: 32, data: mask }),
    );
  }
  return `${home}/davis`;
}

const picture = ["application/vnd.plotly.v1+json", "image/png"];

permittedTest(
  "a run of the library gives the rows of the command line, and every value shows itself",
  ["run", "read", "write", "env", "sys"],
  async (t) => {
    const home = await Deno.makeTempDir();
    await writeImages(home);
    await mugs.use("cpu");
    const data = await mugs.openDataset(`${home}/set`);
    const out = `${home}/run`;
    const run = await mugs.train({ data, out, steps: 2, backend: "cpu", ...smallConfig });
    const { checkpoint } = run;
    const knn = await mugs.evaluate({ protocol: "knn", checkpoint, data, k: [1, 3] });
    const logistic = await mugs.evaluate({ protocol: "logistic", checkpoint, data, lambda: 0.1 });

    const tuned = await mugs.evaluate({
      ...{ protocol: "fine-tune", checkpoint, data, out: `${home}/tuned`, backend: "cpu" },
      ...{ steps: 1, batchSize: 4, keep: 1 },
    });

    const probe = await mugs.evaluate({
      ...{ protocol: "linear", augment: true, checkpoint, data },
      ...{ epochs: 1, learningRates: [0.1, 1] },
    });
    const tracked = await mugs.evaluate({
      ...{ protocol: "video", checkpoint, data: await writeVideo(home), size: 64 },
    });

    await t.step("the rows are those of evaluate --json", async () => {
      const weights = `--checkpoint run/checkpoint.safetensors --data set --backend cpu --json`;
      const rows = async (line: string) =>
        JSON.parse((await succeed(`evaluate ${line} ${weights}`, home)).out).rows;
      assertEquals(knn.rows, await rows("knn --k 1,3"));
      assertEquals(logistic.rows, await rows("logistic --lambda 0.1"));
      const line = "fine-tune --out again --steps 1 --batch-size 4";
      assertEquals(tuned.rows, await rows(line));
      const grid = "linear --augment --epochs 1 --learning-rates 0.1,1";
      assertEquals(probe.rows, await rows(grid));
      assertEquals(probe.scores.map(({ setting }) => setting?.learningRate), [0.1, 1]);
      assertEquals(probe.rows[0]?.linear, Math.max(...probe.scores.map(({ top1 }) => top1)));
      assertEquals(knn.scores.length, 2 * knn.rows.length);
      assertEquals(knn.scores[0]?.top1, knn.rows[0]?.knn);
    });

    await t.step("objects of videos are followed as evaluate video does", async () => {
      const line = "evaluate video --checkpoint run/checkpoint.safetensors --data davis --size 64";
      const { out } = await succeed(`${line} --backend cpu --json`, home);
      const { JF, videos } = JSON.parse(out);
      assertEquals([tracked.mean?.JF, tracked.videos], [JF, videos]);
      assertEquals(tracked.data, "davis");
    });

    await t.step(
      "data sets, encoders, runs, scores, figures and tables show themselves",
      async () => {
        const texts = ["text/markdown", "text/plain"];
        await assertShows(data, texts, /^\*\*set\*\*: \d+ training images, \d+ test images/);
        await assertShows(mugs.granules(), texts, /granules\*\*: 4000 training images/);
        await assertShows(
          mugs.portion(mugs.granules(), { train: 8, test: 4 }),
          texts,
          /: 8 training/,
        );
        using encoder = run.encoder();
        await assertShows(
          encoder,
          ["text/plain"],
          /trained: 0\.\d+ million numbers in \d+ tensors/,
        );
        using random = mugs.untrained({ ...run.config });
        await assertShows(random, ["text/plain"], /not trained: /);
        const planned = await mugs.plan({ config: run.config }, { folder: home });
        await assertShows(
          planned,
          ["text/plain"],
          /preset tiny and seed 0 on granules.*it is new$/,
        );
        await assertShows(run, [...picture, "text/plain"], /^Mugs, preset tiny: .* in .*\/run$/);
        await assertShows(knn, ["text/html", "text/markdown", "text/plain"], /knn on set/);
        await assertShows(probe, ["text/html", "text/markdown", "text/plain"], /optimizer/);
        await assertShows(tracked, ["text/html", "text/markdown", "text/plain"], /video on davis/);
        const curves = mugs.lossCurves(run.curve);
        await assertShows(curves, [...picture, "text/plain"], /Training losses/);
        const table = mugs.table(mugs.imagenet, knn.rows);
        await assertShows(table, ["text/html", "text/markdown", "text/plain"], /MoCo-v3/);
        await assertShows(mugs.comparisonTable([{ what: "a", paper: 1, ours: 2 }]), [
          ...["text/html", "text/markdown", "text/plain"],
        ], /paper/);
      },
    );
    await Deno.remove(home, { recursive: true });
  },
);
