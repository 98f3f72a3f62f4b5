import { assert, assertEquals, assertRejects } from "@std/assert";
import { granules } from "../datasets/mod.ts";
import { Interrupted } from "../runs/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { smallConfig } from "../testing/task_run.ts";
import { type Design, granularityDesign } from "./granularity.ts";
import type { StudyRequest } from "./prepare_study.ts";
import { readStudy } from "./rows.ts";
import { study } from "./run_study.ts";

const [, colors, untrained, ids] = granularityDesign.cells;
const design: Design = { ...granularityDesign, cells: [untrained!, ids!] };
const all = granules({ size: 16, train: 32, test: 8, individuals: 1 });
const request: StudyRequest = {
  ...{ design, epochs: 0.5, backend: "cpu", workers: 0 },
  data: { ...all, classes: { family: all.classes.family! } },
  overrides: {
    ...{ ...smallConfig, patchSize: 8, precision: "float32", evalSize: null },
    ...{ imageSize: 16, globalSize: 16, localSize: 8 },
  },
};

permittedTest(
  "a study that is stopped in the middle of a training goes on there, and repeats no cell",
  ["read", "write", "env", "sys"],
  async () => {
    const home = await Deno.makeTempDir();
    const out = `${home}/campaign`;
    const stop = new AbortController();
    const stopping = {
      signal: stop.signal,
      observer: { tell() {}, step: ({ step }: { step: number }) => step === 1 && stop.abort() },
    };
    const interrupted = () => study({ ...request, out }, stopping);
    await assertRejects(interrupted, Interrupted, "after step 2 of 4");
    const names = (rows: { cell: string }[]) => rows.map(({ cell }) => cell);
    const before = await readStudy(`${out}/rows.jsonl`);
    assertEquals(names(before), ["untrained, seed 0"]);

    const steps: number[] = [];
    const observer = { tell() {}, step: ({ step }: { step: number }) => void steps.push(step) };
    const { rows, left } = await study({ ...request, out }, { observer });
    assertEquals([names(rows).slice(1), left, steps], [["IDS, seed 0"], 0, [3, 4]]);
    assertEquals(rows.slice(0, 1), before);
    assertEquals(rows, await readStudy(`${out}/rows.jsonl`));
    const again = await study({ ...request, out }, { observer });
    assertEquals([again.rows, steps.length], [rows, 2]);

    const alone = await study({ ...request, only: "ids,  Seed 0", out: `${home}/one` });
    assertEquals(alone.rows[0]!.scores, rows[1]!.scores); // as without an interruption
    await Deno.remove(home, { recursive: true });
  },
);

permittedTest(
  "a study scores all read-outs at all levels, retrieval and transfer, and says what it cost",
  ["read", "write", "env", "sys"],
  async () => {
    const out = await Deno.makeTempDir();
    const cells = [colors!, ...design.cells];
    const { rows } = await study({ ...request, out, design: { ...design, cells } });
    const [plain, initial, trained] = rows;
    const tokens = ["class token", "local-group token", "patch mean"];
    const places = (protocol: string, data: string, levels: string[]) =>
      tokens.flatMap((token) => levels.map((level) => [token, protocol, data, level].join()));
    const expected = [
      ...places("k-NN", "granules", ["family"]),
      ...places("linear probe", "granules", ["family"]),
      ...places("retrieval", "granules", ["image"]),
      ...places("k-NN", "granules of rare minerals", ["family", "species", "individual"]),
    ];
    for (const { scores } of [initial!, trained!]) {
      const found = scores.map(({ readOut, protocol, data, level }) =>
        [readOut, protocol, data, level].join()
      );
      assertEquals(found.toSorted(), expected.toSorted());
      assert(scores.every(({ top1, chance }) => top1 >= 0 && top1 <= 100 && chance < 20));
    }
    assertEquals(plain!.scores.map(({ readOut }) => readOut), Array(2).fill("color histogram"));
    assertEquals([initial!.images, initial!.seconds, initial!.lossWeights], [0, 0, null]);
    const { epochs, steps, images, seconds, lossWeights, backend, machine } = trained!;
    assertEquals({ epochs, steps, images, lossWeights, backend }, {
      ...{ epochs: 0.5, steps: 4, images: 16, lossWeights: [1, 0, 0], backend: "cpu" },
    });
    assert(seconds > 0 && /, \d+ cores$/.test(machine));
    await Deno.remove(out, { recursive: true });
  },
);

permittedTest(
  "a study stops when its hours are over, and refuses cells that are not there",
  ["read", "write", "env", "sys"],
  async () => {
    const out = await Deno.makeTempDir();
    const { rows, left } = await study({ ...request, out }, { hours: 1e-9 });
    assert(rows.length < 2 && left === 2 - rows.length);
    const wrong = () => study({ ...request, out, only: "LGDS, seed 77" });
    await assertRejects(wrong, RangeError, 'There is no cell "LGDS, seed 77"');
    await Deno.writeTextFile(`${out}/rows.jsonl`, '{"cell": "half a l');
    await assertRejects(() => study({ ...request, out }), SyntaxError, "rows.jsonl:1");
    await Deno.remove(out, { recursive: true });
  },
);
