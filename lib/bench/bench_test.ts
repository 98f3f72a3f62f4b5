import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { tiny } from "../configs/mod.ts";
import {
  alternate,
  benchmarkLine,
  benchmarks,
  benchmarkTable,
  compareSides,
  median,
  ourCommand,
  type Outcome,
  peerCommand,
  runBenchmarks,
  Side,
  type Timing,
  usageIn,
  writePhotos,
} from "./mod.ts";

const outcome = (seconds: number, peakMemory: number): Outcome => ({
  seconds,
  cpu: 2 * seconds,
  peakMemory,
  items: 12,
  engine: "",
  runs: [],
});
const benchmark = (name: string) => benchmarks.find((benchmark) => benchmark.name === name)!;
const [ours, peer] = [outcome(2, 100 * 2 ** 20), outcome(3, 150 * 2 ** 20)];

Deno.test("compareSides() divides our throughput by the peer's", () => {
  const { ours: a, peer: b, ratio } = compareSides(benchmark("knn-50k"), [ours, peer]);
  assertEquals([a, b, ratio], [6, 4, 1.5]);
});

Deno.test("compareSides() divides the peer's memory by ours: more is better here too", () => {
  const { ours: a, peer: b, ratio } = compareSides(benchmark("memory-step-vit-s"), [ours, peer]);
  assertEquals([a, b, ratio], [100, 150, 1.5]);
});

Deno.test("compareSides() takes a core's throughput from processor time, not the clock", () => {
  assertEquals(compareSides(benchmark("multicrop"), [ours, peer]).ours, 3);
});

Deno.test("compareSides() gives no ratio without a peer", () => {
  const { peer, ratio } = compareSides(benchmark("knn-50k"), [ours]);
  assertEquals([peer, ratio], [null, null]);
});

Deno.test("median() is the middle number, or the mean of the two in the middle", () => {
  assertEquals([median([3, 1, 9]), median([4, 1, 2, 9])], [3, 3]);
});

Deno.test("alternate() lets the sides take turns, and takes the median of all runs", async () => {
  const turns: string[] = [];
  const side = (name: string, seconds: number[]) =>
    ({
      run: () => {
        turns.push(name);
        return Promise.resolve<Timing>({ seconds: seconds.shift()!, cpu: 1 });
      },
      peakMemory: () => Promise.resolve(null),
    }) as Side;
  const outcomes = await alternate([side("a", [1, 5, 2, 3]), side("b", [1, 1, 1, 7])], {
    rounds: 2,
    runs: 2,
  });
  assertEquals(turns.join(""), "aabbaabb");
  assertEquals(outcomes.map(({ seconds }) => seconds), [2.5, 1]);
});

Deno.test("the table and the lines of JSON hold the same numbers", () => {
  const measurement = compareSides(benchmark("knn-50k"), [ours, peer]);
  assertStringIncludes(benchmarkTable([measurement]), "| queries/s | 6 | 4 | 1.5 | 1.3 |");
  assertEquals(JSON.parse(benchmarkLine(measurement)), {
    work: "knn-50k",
    unit: "queries/s",
    ours: 6,
    peer: 4,
    ratio: 1.5,
  });
});

Deno.test("peerCommand() passes the sizes of the preset", () => {
  const { task } = benchmark("step-tiny");
  const peer = { python: "python3", compile: false };
  const command = peerCommand(peer, { ...task, threads: 2, photos: "" }).join(" ");
  const { width, prototypes, localCrops } = tiny;
  for (const flag of [`--width ${width}`, `--prototypes ${prototypes}`, `--batch 64`]) {
    assertStringIncludes(command, flag);
  }
  assertStringIncludes(command, `--local-crops ${localCrops}`);
});

permittedTest("writePhotos() makes files as large as photos", ["read", "write"], async () => {
  const folder = await Deno.makeTempDir();
  try {
    const paths = await writePhotos(folder, 1);
    assertEquals(paths.length, 1);
    const { size } = await Deno.stat(paths.join());
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

Deno.test("compareSides() takes the memory of the GPU where the work is done there", () => {
  const sides = [{ ...ours, deviceMemory: 2 ** 30 }, { ...peer, deviceMemory: 2 ** 31 }];
  const { ours: a, peer: b, ratio } = compareSides(benchmark("memory-step-vit-s-gpu"), sides);
  assertEquals([a, b, ratio], [1024, 2048, 2]);
});

Deno.test("usageIn() adds what a process holds on all GPUs", () => {
  assertEquals(usageIn("12, 100\n7, 5\n12, 28\n", 12), 128 * 2 ** 20);
  assertEquals([usageIn("", 12), usageIn("12, [N/A]\n", 12)], [null, null]);
});

permittedTest(
  "the work of a GPU's benchmarks is done on a processor, too",
  ["read", "write", "env", "run", "ffi", "sys"],
  async () => {
    for (const kind of ["step", "extract"] as const) {
      const { task } = benchmarks.find(({ task }) => task.device === "gpu" && task.kind === kind)!;
      const small = { ...task, preset: "tiny", batchSize: 4, device: "cpu" } as const;
      await using side = await Side.start("ours", ourCommand({ ...small, threads: 2, photos: "" }));
      const { seconds, deviceMemory } = await side.run();
      assert(seconds > 0 && side.items === 4 && side.engine.startsWith("TensorFlow"));
      assertEquals(deviceMemory, null);
    }
  },
);

permittedTest(
  "runBenchmarks() measures our side alone, on photos that it writes",
  ["read", "write", "env", "run", "ffi", "sys"],
  async () => {
    const options = { rounds: 1, runs: 1, photos: 16 };
    const works = [benchmark("multicrop"), benchmark("loader")];
    const measurements = await Array.fromAsync(runBenchmarks(works, options));
    assertEquals(measurements.map(({ work, peer }) => [work, peer]), [
      ["multicrop", null],
      ["loader", null],
    ]);
    assert(measurements.every(({ ours }) => ours > 0));
  },
);

Deno.test("peerCommand() names the step of the method, and the backbone", () => {
  const peer = { python: "python3", compile: false };
  const command = (name: string) =>
    peerCommand(peer, { ...benchmark(name).task, threads: 2, photos: "" }).slice(2).join(" ");
  assertStringIncludes(command("step-vit-s-f32"), "step_mugs --arch custom ");
  assertStringIncludes(command("step-dino-vit-s"), "step_dino --arch custom ");
  const simsiam = command("step-simsiam-resnet50");
  assertStringIncludes(simsiam, "step_simsiam --arch resnet50 ");
  assertStringIncludes(simsiam, "--predictor-hidden 512 --out 2048 --drop-path 0 ");
  assertStringIncludes(command("features-resnet50"), "extract --arch resnet50 ");
});
