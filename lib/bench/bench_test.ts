import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { presets } from "../configs/mod.ts";
import {
  alternate,
  compare,
  measure,
  median,
  peerCommand,
  type Run,
  Side,
  table,
  toJsonLine,
  type Told,
  works,
  writePhotos,
} from "./mod.ts";

const told = (seconds: number, peakMemory: number): Told => ({
  seconds,
  cpu: 2 * seconds,
  peakMemory,
  items: 12,
  engine: "",
  runs: [],
});
const work = (name: string) => works.find((work) => work.name === name)!;
const [ours, peer] = [told(2, 100 * 2 ** 20), told(3, 150 * 2 ** 20)];

Deno.test("compare() divides our throughput by the peer's", () => {
  const { ours: a, peer: b, ratio } = compare(work("knn-50k"), [ours, peer]);
  assertEquals([a, b, ratio], [6, 4, 1.5]);
});

Deno.test("compare() divides the peer's memory by ours: more is better there too", () => {
  const { ours: a, peer: b, ratio } = compare(work("memory-step-vit-s"), [ours, peer]);
  assertEquals([a, b, ratio], [100, 150, 1.5]);
});

Deno.test("compare() takes a core's throughput from the processor's time, not the clock's", () => {
  assertEquals(compare(work("multicrop"), [ours, peer]).ours, 3);
});

Deno.test("compare() knows no ratio without a peer", () => {
  const { peer, ratio } = compare(work("knn-50k"), [ours]);
  assertEquals([peer, ratio], [null, null]);
});

Deno.test("median() is the middle number, or the mean of the two in the middle", () => {
  assertEquals([median([3, 1, 9]), median([4, 1, 2, 9])], [3, 3]);
});

Deno.test("alternate() gives the sides their turns, and takes the median of all runs", async () => {
  const turns: string[] = [];
  const side = (name: string, seconds: number[]) =>
    ({
      run: () => {
        turns.push(name);
        return Promise.resolve<Run>({ seconds: seconds.shift()!, cpu: 1 });
      },
      peakMemory: () => Promise.resolve(null),
    }) as Side;
  const [a, b] = await alternate([side("a", [1, 5, 2, 3]), side("b", [1, 1, 1, 7])], {
    rounds: 2,
    runs: 2,
  });
  assertEquals(turns.join(""), "aabbaabb");
  assertEquals([a.seconds, b.seconds], [2.5, 1]);
});

Deno.test("the table and the lines of JSON tell the same numbers", () => {
  const measured = compare(work("knn-50k"), [ours, peer]);
  assertStringIncludes(table([measured]), "| queries/s | 6 | 4 | 1.5 | 1.3 |");
  assertEquals(JSON.parse(toJsonLine(measured)), {
    work: "knn-50k",
    unit: "queries/s",
    ours: 6,
    peer: 4,
    ratio: 1.5,
  });
});

Deno.test("peerCommand() asks for the sizes of the preset", () => {
  const { task } = work("step-tiny");
  const peer = { python: "python3", compile: false };
  const command = peerCommand(peer, { ...task, threads: 2, photos: "" }).join(" ");
  const { width, prototypes, localCrops } = presets.tiny;
  for (const flag of [`--width ${width}`, `--prototypes ${prototypes}`, `--batch 64`]) {
    assertStringIncludes(command, flag);
  }
  assertStringIncludes(command, `--local-crops ${localCrops}`);
});

permittedTest("writePhotos() makes files as large as photos", ["read", "write"], async () => {
  const folder = await Deno.makeTempDir();
  try {
    const [path] = await writePhotos(folder, 1);
    const { size } = await Deno.stat(path);
    assert(size > 50_000 && size < 150_000, `${size} bytes`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

permittedTest(
  "a side that cannot start says why",
  ["read", "run"],
  async () => {
    const args = ["eval", "-q", "throw new Error('there is no PyTorch')"];
    await assertRejects(
      () => Side.start("the peer", [Deno.execPath(), ...args]),
      Error,
      "there is no PyTorch",
    );
  },
);

permittedTest(
  "measure() measures a work by itself, from its own photos",
  ["read", "write", "env", "run", "ffi", "sys"],
  async () => {
    const options = { rounds: 1, runs: 1, photos: 8 };
    const found = await Array.fromAsync(measure([work("multicrop")], options));
    assertEquals(found.map(({ work, peer }) => [work, peer]), [["multicrop", null]]);
    assert(found[0].ours > 0);
  },
);
