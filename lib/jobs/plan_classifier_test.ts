import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { fromTensors, writeSafetensors } from "../checkpoint/mod.ts";
import { initVit } from "../models/mod.ts";
import { Random } from "../random/mod.ts";
import { readConfig } from "../runs/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { flatten } from "../tree/mod.ts";
import { evaluationsIn, follow, launch, planClassifier, status, stop } from "./mod.ts";

const permissions = ["run", "read", "write", "env", "sys"] as const;

/** A process that works on a run ends a little after it lets go of it. */
const options = { sanitize: false };

/** A folder with weights, and a plan of a few steps on small granules. */
async function playground() {
  await tf.setBackend("cpu");
  const home = await Deno.makeTempDir();
  const sizes = { imageSize: 16, patchSize: 8, width: 16, depth: 1, heads: 2, mlpRatio: 2 };
  const vit = initVit({ ...sizes, relationBlocks: 0 }, new Random("weights"));
  const checkpoint = `${home}/vit.safetensors`;
  await writeSafetensors(checkpoint, fromTensors(flatten(vit)));
  return {
    home,
    plan: {
      ...{ protocol: "transfer", checkpoint, heads: 2, backend: "cpu", level: "family" } as const,
      ...{ overrides: { batchSize: 4, steps: 4 }, images: { train: 16, test: 8 }, evalEvery: 1 },
      data: { size: 16, train: 48, test: 24, individuals: 1, minerals: "rare" } as const,
    },
  };
}

permittedTest("a planned classifier runs in a process of its own, once", permissions, async () => {
  const { home, plan } = await playground();
  const planned = await planClassifier(plan, { folder: home });
  assertEquals(await status(planned), "new");
  const lines = [];
  for (let i = 0; i < 2; i++) {
    lines.push((await Array.fromAsync(follow(await launch(planned)))).at(-1)!);
    assertEquals(await status(planned), "finished");
  }
  assertEquals(lines[0], lines[1]);
  const evaluations = evaluationsIn(lines[0]!);
  assertEquals(evaluations.map(({ epoch }) => epoch), [1]);
  const { dataName, images, checkpoint } = (await readConfig(planned))!;
  assertEquals([dataName, images], ["granules of rare minerals", 16]);
  assert(checkpoint);
  await Deno.remove(home, { recursive: true });
}, options);

permittedTest(
  "a planned classifier that was stopped goes on where it was",
  permissions,
  async () => {
    const { home, plan } = await playground();
    const overrides = { batchSize: 4, steps: 120 };
    const planned = await planClassifier({ ...plan, overrides, evalEvery: 30 }, { folder: home });
    await launch(planned);
    for await (const steps of follow(planned, { every: 0.05 })) if (steps.length > 2) break;
    assertStringIncludes(await stop(planned), "Stopped after step");
    assertEquals(await status(planned), "stopped");
    const steps = (await Array.fromAsync(follow(await launch(planned)))).at(-1)!;
    assertEquals(steps.map(({ step }) => step), steps.map((_, i) => i + 1));
    assertEquals(await status(planned), "finished");
    await Deno.remove(home, { recursive: true });
  },
  options,
);

permittedTest("equal plans lead to the same run, and others to others", permissions, async () => {
  const { home, plan } = await playground();
  const pathOf = async (change: Partial<typeof plan> & { fromScratch?: boolean }) =>
    (await planClassifier({ ...plan, ...change }, { folder: home })).path;
  const path = await pathOf({});
  assertEquals(await pathOf({ data: { ...plan.data } }), path);
  await Deno.copyFile(plan.checkpoint, `${home}/copy.safetensors`);
  assertEquals(await pathOf({ checkpoint: `${home}/copy.safetensors` }), path);
  const others = await Promise.all([
    pathOf({ fromScratch: true }),
    pathOf({ overrides: { ...plan.overrides, steps: 5 } }),
    pathOf({ images: { train: 16, test: 9 } }),
    pathOf({ evalEvery: 2 }),
  ]);
  assertEquals(new Set([path, ...others]).size, 5);
  const preset = planClassifier({ ...plan, preset: "huge" }, { folder: home });
  await assertRejects(() => preset, RangeError, 'no preset "huge" of transfer');
  await Deno.remove(home, { recursive: true });
});
