import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { fromTensors, writeSafetensors } from "../checkpoint/mod.ts";
import { type Dataset, granules, granuleScenes, type LabeledSet } from "../datasets/mod.ts";
import { openSegmentation } from "../dense/mod.ts";
import { encode, encodeMask } from "../images/mod.ts";
import { evaluate } from "../jobs/mod.ts";
import { initVit, readBackbone } from "../models/mod.ts";
import { Random } from "../random/mod.ts";
import { digestFile, holdsCheckpoint, pathOf, readLines } from "../runs/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { endTask, taskCommand } from "../testing/task_run.ts";
import { flatten } from "../tree/mod.ts";

const permissions = ["run", "read", "write", "env", "sys", "ffi"] as const;

/** Images of a dark and a bright half in the layout of ADE20K, and weights. */
async function playground(): Promise<string> {
  await tf.setBackend("cpu");
  const home = await Deno.makeTempDir();
  const [width, height] = [24, 16];
  for (const [part, count] of [["training", 6], ["validation", 2]] as const) {
    for (const kind of ["images", "annotations"]) {
      await Deno.mkdir(`${home}/set/${kind}/${part}`, { recursive: true });
    }
    for (let i = 0; i < count; i++) {
      const bright = (at: number) => Number(at % width > 6 + i);
      const mask = Uint8Array.from({ length: width * height }, (_, at) => 1 + bright(at));
      const data = Uint8Array.from(
        { length: 3 * width * height },
        (_, at) => 50 + 150 * bright(Math.floor(at / 3)),
      );
      const [image, labels] = ["images", "annotations"].map((kind) =>
        `${home}/set/${kind}/${part}/${i}.png`
      );
      await Deno.writeFile(image!, await encode({ width, height, data }));
      await Deno.writeFile(labels!, await encodeMask({ width, height, data: mask }));
    }
  }
  await Deno.writeTextFile(`${home}/set/classes.txt`, "dark\nbright\n");
  const sizes = { imageSize: 16, patchSize: 8, width: 16, depth: 2, heads: 2, mlpRatio: 2 };
  const vit = initVit({ ...sizes, relationBlocks: 0 }, new Random("weights"));
  await writeSafetensors(`${home}/vit.safetensors`, fromTensors(flatten(vit)));
  return home;
}

const flags = "--checkpoint vit.safetensors --heads 2 --data set --backend cpu --batch-size 2 " +
  "--save-every 0 --steps 12 --crop 16";

permittedTest(
  "segmentation that is killed in the middle ends as one that was left alone",
  permissions,
  async () => {
    const home = await playground();
    const line = (out: string, way = "") =>
      `evaluate segmentation ${flags} --eval-every 2 --dropout 0.1 --out ${home}/${out} --json ${way}`
        .trim();
    const whole = await endTask(line("whole"), home);
    assertEquals(whole.code, 0, whole.err);
    const run = { path: `${home}/killed` };
    const child = taskCommand(line("killed"), home, { stdout: "null", stderr: "null" }).spawn();
    for (let lines = 0; lines < 5;) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      lines = (await readLines(run).catch(() => [])).length;
    }
    child.kill("SIGKILL");
    assertEquals((await child.status).code, 137);
    assert(await holdsCheckpoint(run));
    const { step } = openSegmentation(pathOf(run, "checkpoint.safetensors"));
    assert(step >= 4 && step < 12, `it was killed at step ${step}`);
    const rest = await endTask(line("killed", "--resume"), home);
    assertEquals(rest.code, 0, rest.err);
    const [a, b] = [whole, rest].map(({ out }) => JSON.parse(out));
    assertEquals(a.evaluations, b.evaluations);
    assertEquals(a.evaluations.map(({ step }: { step: number }) => step), [6, 12]);
    assertEquals(a.rows.map(({ column }: { column: string }) => column), [
      ...["linear mIoU", "linear mAcc", "linear aAcc"],
    ]);
    assertEquals(a.rows.map(({ value }: { value: number }) => value), [a.mIoU, a.mAcc, a.aAcc]);
    const digests = ["whole", "killed"].map((name) =>
      digestFile(`${home}/${name}/checkpoint.safetensors`)
    );
    assertEquals(...await Promise.all(digests) as [string, string]);
    await Deno.remove(home, { recursive: true });
  },
);

permittedTest("a set without validation images is refused in a sentence", permissions, async () => {
  const home = await playground();
  await Deno.remove(`${home}/set/images/validation`, { recursive: true });
  const { code, err } = await endTask(`evaluate segmentation ${flags}`, home);
  assertEquals(code, 2, err);
  assertStringIncludes(err, "there are no images in images/validation; it needs both");
  await Deno.remove(home, { recursive: true });
});

permittedTest("evaluate() segments as the command line does", permissions, async () => {
  const home = await playground();
  const result = await evaluate({
    ...{ protocol: "segmentation", checkpoint: `${home}/vit.safetensors`, heads: 2 },
    ...{ data: `${home}/set`, head: "upernet", channels: 4, auxiliaryChannels: 4 },
    ...{ batchSize: 2, steps: 2, crop: 32, backend: "cpu", out: `${home}/run` },
  }, { observer: { tell() {} } });
  assertEquals([result.data, result.last.step, result.evaluations.length], ["set", 2, 1]);
  assertEquals(result.rows.map(({ column }) => column), [
    ...["UPerNet mIoU", "UPerNet mAcc", "UPerNet aAcc"],
  ]);
  const granular = granules({ train: 2, test: 1 }) as unknown as LabeledSet;
  await assertRejects(
    () =>
      evaluate({
        ...{ protocol: "segmentation", checkpoint: `${home}/vit.safetensors`, heads: 2 },
        data: granular,
      }),
    TypeError,
    "not images with one class each",
  );
  await assertRejects(
    () =>
      evaluate({
        ...{ protocol: "segmentation", checkpoint: `${home}/vit.safetensors`, heads: 2 },
        data: 3 as unknown as LabeledSet,
      }),
    TypeError,
    "`data` takes a folder in the layout of ADE20K",
  );
  await assertRejects(
    () =>
      evaluate({
        ...{ protocol: "knn", checkpoint: `${home}/vit.safetensors`, heads: 2 },
        data: granuleScenes({ train: 1, test: 1 }) as unknown as Dataset,
      }),
    TypeError,
    "not another object",
  );
  const { sizes } = readBackbone(`${home}/run/checkpoint.safetensors`);
  assertEquals([sizes.width, sizes.depth], [16, 2]);
  await Deno.remove(home, { recursive: true });
}, { sanitize: false });
