import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { fromTensors, writeSafetensors } from "../checkpoint/mod.ts";
import { openDetection } from "../dense/mod.ts";
import { encode } from "../images/mod.ts";
import { evaluate, type ObjectRequest } from "../jobs/mod.ts";
import { initVit } from "../models/mod.ts";
import { Random } from "../random/mod.ts";
import { digestFile, pathOf } from "../runs/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { endTask } from "../testing/task_run.ts";
import { dispose, flatten } from "../tree/mod.ts";

const permissions = ["run", "read", "write", "env", "sys", "ffi"] as const;

/** Images with a bright rectangle each in the layout of COCO, and weights. */
async function playground(): Promise<string> {
  await tf.setBackend("cpu");
  const home = await Deno.makeTempDir();
  const [width, height] = [48, 32];
  await Deno.mkdir(`${home}/set/annotations`, { recursive: true });
  for (const [part, count] of [["train2017", 4], ["val2017", 1]] as const) {
    await Deno.mkdir(`${home}/set/${part}`);
    const images = Array.from({ length: count }, (_, id) => ({
      ...{ id, file_name: `${id}.png`, width, height },
    }));
    const annotations = images.map(({ id }) => ({
      ...{ id: id + 1, image_id: id, category_id: 1 + id % 2, iscrowd: 0, area: 400 },
      bbox: [2 + id, 4, 20, 20],
      segmentation: [[2 + id, 4, 22 + id, 4, 22 + id, 24, 2 + id, 24]],
    }));
    for (const { id, file_name } of images) {
      const inside = (x: number, y: number) => x >= 2 + id && x < 22 + id && y >= 4 && y < 24;
      const data = Uint8Array.from(
        { length: 3 * width * height },
        (_, i) => inside(Math.floor(i / 3) % width, Math.floor(i / 3 / width)) ? 200 : 50,
      );
      await Deno.writeFile(
        `${home}/set/${part}/${file_name}`,
        await encode({ width, height, data }),
      );
    }
    const categories = [{ id: 1, name: "even" }, { id: 2, name: "odd" }];
    await Deno.writeTextFile(
      `${home}/set/annotations/instances_${part}.json`,
      JSON.stringify({ images, annotations, categories }),
    );
  }
  const sizes = { imageSize: 32, patchSize: 16, width: 8, depth: 4, heads: 2, mlpRatio: 2 };
  const vit = initVit({ ...sizes, relationBlocks: 0 }, new Random("weights"));
  await writeSafetensors(`${home}/vit.safetensors`, fromTensors(flatten(vit)));
  dispose(vit);
  return home;
}

const small: Partial<ObjectRequest> = {
  ...{ batchSize: 2, mapWidth: 4, headWidth: 8, anchorsLearned: 16, boxesLearned: 8 },
  ...{ proposals: 8, scoredProposals: 8, detections: 4, shortSides: [32], longSide: 64 },
  ...{ scoredSide: 32 },
};

const flags = "--checkpoint vit.safetensors --heads 2 --data set --backend cpu --batch-size 2 " +
  "--map-width 4 --head-width 8 --anchors-learned 16 --boxes-learned 8 --proposals 8 " +
  "--scored-proposals 8 --detections 4 --short-sides 32 --long-side 64 --scored-side 32";

permittedTest(
  "detection that is interrupted ends as one that was left alone, and as evaluate() does",
  permissions,
  async () => {
    const home = await playground();
    const line = (out: string, way: string) =>
      `evaluate detection ${flags} --save-every 0 --out ${home}/${out} --json ${way}`;
    const request: ObjectRequest = {
      ...{ protocol: "detection", checkpoint: `${home}/vit.safetensors`, heads: 2 },
      ...{ data: `${home}/set`, backend: "cpu", saveEvery: 0, steps: 3, ...small },
    };
    const whole = await evaluate({ ...request, out: `${home}/whole` }, {
      observer: { tell() {} },
    });
    const columns = ["box AP", "box AP50", "box AP75", "mask AP", "mask AP50", "mask AP75"];
    assertEquals(whole.rows.map(({ column }) => column), columns);
    assertEquals([whole.data, whole.last.step, whole.evaluations.length], ["set", 3, 1]);
    const stop = new AbortController();
    const interrupted = await evaluate({ ...request, out: `${home}/stopped` }, {
      observer: { tell() {}, step: () => stop.abort() },
      signal: stop.signal,
    }).then(() => false, () => true);
    assert(interrupted);
    const run = { path: `${home}/stopped` };
    assertEquals(openDetection(pathOf(run, "checkpoint.safetensors")).step, 2);
    const rest = await endTask(line("stopped", "--resume"), home);
    assertEquals(rest.code, 0, rest.err);
    const record = JSON.parse(rest.out);
    assertEquals(record.rows, whole.rows);
    assertEquals([record.boxAP, record.steps, record.train], [whole.best.boxAP, 3, 4]);
    const [a, b] = await Promise.all(
      ["whole", "stopped"].map((name) => digestFile(`${home}/${name}/checkpoint.safetensors`)),
    );
    assertEquals(a, b);
    await Deno.remove(home, { recursive: true });
  },
  { sanitize: false },
);

permittedTest("detection refuses in sentences what it cannot do", permissions, async () => {
  const home = await playground();
  const refusal = async (change: string) => {
    const { code, err } = await endTask(`evaluate detection ${flags} ${change}`, home);
    assertEquals(code, 2, err);
    return err;
  };
  assertStringIncludes(await refusal("--batch-size 8"), "--batch-size 8 is more than the 4");
  const file = `${home}/set/annotations/instances_val2017.json`;
  await Deno.writeTextFile(
    file,
    (await Deno.readTextFile(file)).replace(/,"segmentation":\[\[.*?\]\]/, ""),
  );
  const message = "Cannot learn masks from 0.png: annotation 1 has no `segmentation`";
  assertStringIncludes(await refusal("--steps 1"), message);
  await Deno.remove(file);
  assertStringIncludes(await refusal("--steps 1"), "no images to be scored on");
  await Deno.remove(home, { recursive: true });
});

permittedTest("detection refuses what is no set of images with objects", permissions, async () => {
  const home = await playground();
  for (
    const data of [null, {}, { train: [], test: [], classes: [] }, { videos: [] }] as unknown[]
  ) {
    const request = {
      ...{ protocol: "detection", checkpoint: `${home}/vit.safetensors`, heads: 2, data },
    } as ObjectRequest;
    await assertRejects(
      () => evaluate(request),
      TypeError,
      "`data` of detection takes the path of a folder, or a set of images with objects, such as " +
        "`cocoScenes` makes",
    );
  }
  await Deno.remove(home, { recursive: true });
});
