import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { permittedTest, tensorflowTest } from "../testing/permitted.ts";
import * as tf from "@tensorflow/tfjs";
import type { TensorFlowBackend } from "./backend_type.ts";
import { checkGpu } from "./check_gpu.ts";
import { chooseDevice, type DeviceChoice } from "./choose_device.ts";
import { configProto } from "./config_proto.ts";
import { parseDevice } from "./device.ts";
import type { GpuMemory } from "./gpu_memory.ts";
import type { Gpu } from "./machine.ts";

const h200 = { name: "NVIDIA H200", driver: "570.124.06", capability: 9 };

/** The device that is chosen where trying a GPU gives this reason, and what is logged. */
async function choose(
  gpu: Gpu | undefined,
  { reason = null, requested, memory }: Pick<DeviceChoice, "requested"> & {
    reason?: string | null;
    memory?: GpuMemory;
  },
) {
  const lines: string[] = [], tried: string[] = [];
  const device = await chooseDevice({ folder: "folder", gpu }, {
    requested,
    log: (line) => void lines.push(line),
    memory: () => memory,
    check: (_, { device }) => {
      tried.push(device);
      return Promise.resolve(reason);
    },
  });
  return { device, lines, tried };
}

Deno.test("a device is the processor or a GPU by its number", () => {
  assertEquals(parseDevice("cpu"), "cpu");
  assertEquals(parseDevice("gpu"), "gpu:0");
  assertEquals(parseDevice("gpu:3"), "gpu:3");
  for (const name of ["GPU", "gpu:", "gpu:-1", "tpu"]) {
    assertThrows(() => parseDevice(name), RangeError, `the device ${name}: it is cpu, gpu, or`);
  }
});

Deno.test("the first GPU is chosen where it works, and the processor without a GPU", async () => {
  assertEquals(await choose(h200, {}), {
    device: "gpu:0",
    lines: ["Found NVIDIA H200 (driver 570.124.06): TensorFlow runs on it"],
    tried: ["gpu:0"],
  });
  assertEquals(await choose(undefined, {}), { device: "cpu", lines: [], tried: [] });
});

Deno.test("the processor goes on where a GPU cannot be used, and one line says why", async () => {
  const { device, lines } = await choose(h200, { reason: "libcudnn.so.9 cannot be loaded" });
  assertEquals(device, "cpu");
  assertEquals(lines, [
    "Found NVIDIA H200 (driver 570.124.06), but libcudnn.so.9 cannot be loaded; TensorFlow runs " +
    "on the processor",
  ]);
  const old = await choose({ ...h200, driver: "470.1" }, {});
  assertEquals([old.device, old.tried], ["cpu", []]);
  assertStringIncludes(old.lines.join(), "install driver 525 or later");
});

Deno.test("a GPU that others use is told, and passed over where nothing is left", async () => {
  const shared = await choose(h200, { memory: { used: 30, total: 140 } });
  assertEquals(shared.device, "gpu:0");
  assertStringIncludes(shared.lines.join(), "other processes use 30.0 of 140.0 GiB");
  const full = await choose(h200, { memory: { used: 139.5, total: 140 } });
  assertEquals([full.device, full.tried], ["cpu", []]);
  assertStringIncludes(full.lines.join(), "but no memory is left: 139.5 of 140.0 GiB");
});

Deno.test("a requested processor asks for no GPU, and a requested GPU has to work", async () => {
  assertEquals(await choose(h200, { requested: "cpu" }), { device: "cpu", lines: [], tried: [] });
  assertEquals((await choose(h200, { requested: "gpu:2" })).tried, ["gpu:2"]);
  const requested = "gpu:1";
  const failing = () => choose(h200, { requested, reason: "no memory is left" });
  await assertRejects(failing, Error, "Cannot use the device gpu:1: no memory is left");
  await assertRejects(() => choose(undefined, { requested }), Error, "has no NVIDIA GPU");
});

Deno.test("a GPU newer than the library is announced as slow to start", async () => {
  const { device, lines } = await choose({ ...h200, capability: 12 }, {});
  assertEquals([device, lines.length], ["gpu:0", 2]);
  assertStringIncludes(lines[0]!, "first start compiles for minutes");
});

/** A program that stands in for the one that tries a GPU. */
const program = (code: string) =>
  new URL(`data:application/typescript,${encodeURIComponent(code)}`);

permittedTest("what kills the process that tries a GPU does not kill ours", ["run"], async () => {
  const check = (code: string, timeout = 60_000) =>
    checkGpu("folder", { device: "gpu:0", timeout, program: program(code) });
  assertEquals(await check(`console.log('{"works":true}')`), null);
  assertEquals(
    await check(`console.log('{"missing":["libcudnn.so.9"]}')`),
    "libcudnn.so.9 cannot be loaded: install NVIDIA's packages beside TensorFlow (pip install " +
      "tensorflow[and-cuda]), or unset MUGS_TENSORFLOW",
  );
  const dies = `console.log('{"missing":[]}');
    console.error("terminate called\\n  what():  Bad StatusOr access: no CUDA");
    Deno.exit(134);`;
  assertEquals(await check(dies), "TensorFlow dies of it (Bad StatusOr access: no CUDA)");
  const hangs = "await new Promise((resolve) => setTimeout(resolve, 60_000))";
  assertStringIncludes(await check(hangs, 1500) ?? "", "does not start on it within 1.5 seconds");
});

tensorflowTest("a library for processors is told from one with CUDA", async () => {
  const { library } = (tf.backend() as TensorFlowBackend).binding;
  const reason = await checkGpu(library.folder, { device: "gpu:0", timeout: 60_000 });
  const expected = /built for processors only|cannot be loaded|does not see gpu:0/;
  assertEquals(expected.test(reason ?? "it works"), true, `${reason}`);
});

Deno.test("configProto() writes the fields of config.proto", () => {
  const threads = [16, 2, 40, 172, 2];
  const hidesGpus = [10, 7, 10, 3, ...new TextEncoder().encode("GPU"), 16, 0];
  const config = { intraOpThreads: 2, interOpThreads: 300 };
  assertEquals([...configProto(config)], [...hidesGpus, ...threads, 50, 2, 32, 1]);
  assertEquals(
    [...configProto({ ...config, device: "gpu:1" })],
    [...threads, 50, 5, 32, 1, 42, 1, "1".charCodeAt(0), 56, 1],
  );
});
