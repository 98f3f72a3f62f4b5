import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { fromTensors, writeSafetensors } from "../checkpoint/mod.ts";
import { initVit } from "../models/mod.ts";
import { openClassifier } from "../protocols/mod.ts";
import { Random } from "../random/mod.ts";
import { digestFile, holdsCheckpoint, pathOf, readLines } from "../runs/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { endTask, taskCommand, writeImages } from "../testing/task_run.ts";
import { flatten } from "../tree/mod.ts";

const permissions = ["run", "read", "write", "env", "sys"] as const;

/** Images, and weights in the layout of timm, with a head for other classes. */
async function playground(): Promise<string> {
  await tf.setBackend("cpu");
  const home = await Deno.makeTempDir();
  await writeImages(home);
  const sizes = { imageSize: 16, patchSize: 8, width: 16, depth: 2, heads: 2, mlpRatio: 2 };
  const vit = initVit({ ...sizes, relationBlocks: 0 }, new Random("weights"));
  const head = { "head.weight": tf.zeros([1000, 16]), "head.bias": tf.zeros([1000]) };
  await writeSafetensors(`${home}/vit.safetensors`, fromTensors({ ...flatten(vit), ...head }));
  return home;
}

const flags = "--checkpoint vit.safetensors --heads 2 --data set --backend cpu --batch-size 4 " +
  "--save-every 0 --steps 10 --eval-every 2";

const protocols = {
  "fine-tune": "--drop-path 0.2 --accumulate 2",
  "semi-supervised": "--head-hidden 8 --average 0.9",
  transfer: "--repeats 3 --repeat-round 4 --warmup 1 --workers 0 --cache decoded",
};

for (const [protocol, more] of Object.entries(protocols)) {
  permittedTest(
    `${protocol} that is killed in the middle ends as one that was left alone`,
    permissions,
    async () => {
      const home = await playground();
      const line = (out: string, way = "") =>
        `evaluate ${protocol} ${flags} ${more} --out ${home}/${out} --json ${way}`.trim();
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
      const path = pathOf(run, "checkpoint.safetensors");
      const { step } = openClassifier(path);
      assert(step >= 4 && step < 10, `it was killed at step ${step}`);
      const rest = await endTask(line("killed", "--resume"), home);
      assertEquals(rest.code, 0, rest.err);
      const results = [whole, rest].map(({ out }) => JSON.parse(out));
      const [a, b] = results.map(({ evaluations, top1, best }) => ({ evaluations, top1, best }));
      assertEquals(a, b);
      assertEquals(a!.evaluations.length > 0 && a!.top1 === a!.best.top1, true);
      const digests = ["whole", "killed"].map((name) =>
        digestFile(`${home}/${name}/checkpoint.safetensors`)
      );
      assertEquals(...await Promise.all(digests) as [string, string]);
      await Deno.remove(home, { recursive: true });
    },
  );
}

permittedTest("the backbone of a classifier's checkpoint can be scored", permissions, async () => {
  const home = await playground();
  const trained = await endTask(
    `evaluate fine-tune ${flags} --steps 2 --image-size 32 --out run`,
    home,
  );
  assertEquals(trained.code, 0, trained.err);
  assertStringIncludes(trained.out, "fine-tune, class of set: top-1 ");
  const scored = await endTask(
    "evaluate knn --checkpoint run/checkpoint.safetensors --data set --backend cpu --k 3 " +
      "--no-baselines",
    home,
  );
  assertEquals(scored.code, 0, scored.err);
  assertStringIncludes(scored.out, "top-1");
  await Deno.remove(home, { recursive: true });
});

permittedTest(
  "a classifier that diverges goes back, ends with code 3, and keeps its last good checkpoint",
  permissions,
  async () => {
    const home = await playground();
    const { code, err } = await endTask(
      `evaluate fine-tune ${flags} --steps 60 --learning-rate 1e2 --weight-decay 10 ` +
        "--weight-decay-end 10 --warmup 0 --layer-decay 1 --max-rollbacks 1 --out run",
      home,
    );
    assertEquals(code, 3, err);
    assertStringIncludes(err, "Going back to step ");
    assertStringIncludes(err, "It was tried 2 times: lower the learning rate");
    assert(openClassifier(`${home}/run/checkpoint.safetensors`).step > 0);
    await Deno.remove(home, { recursive: true });
  },
);
