import { assertEquals } from "@std/assert";
import { bundles, findGpu, type Gpu } from "./machine.ts";

const linux = "x86_64-unknown-linux-gnu";
const h200 = { name: "NVIDIA H200", driver: "570.124.06" };
const names = (target: string, gpu?: Gpu) => bundles({ target, gpu }).map((b) => b.name);

/** A machine on which only these programs run. */
const machine = (answers: Record<string, string>, visible?: string) => ({
  run: (program: string) => answers[program] ?? null,
  visible,
});

Deno.test("a GPU is found by nvidia-smi, the first one of several", () => {
  const answers = { "nvidia-smi": "NVIDIA H200, 570.124.06\nNVIDIA H200, 570.124.06\n" };
  assertEquals(findGpu(machine(answers)), h200);
});

Deno.test("a GPU has a compute capability where nvidia-smi tells it", () => {
  const table = "NVIDIA H200, 570.124.06, 9.0\nNVIDIA H200, 570.124.06, 9.0\n";
  assertEquals(findGpu(machine({ "nvidia-smi": table })), { ...h200, capability: 9 });
  const old = {
    run: (_: string, [fields]: string[]) =>
      fields?.includes("compute_cap") ? null : "NVIDIA H200, 570.124.06\n",
  };
  assertEquals(findGpu(old), h200);
});

Deno.test("a GPU has a memory where nvidia-smi tells it", () => {
  const answers = { "nvidia-smi": "NVIDIA H200, 570.124.06, 9.0, 143771 MiB\n" };
  const memory = 143771 * 2 ** 20;
  assertEquals(findGpu(machine(answers)), { ...h200, capability: 9, memory });
});

Deno.test("without nvidia-smi a GPU is found by its driver", () => {
  const cat = "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun May 12 2024\n";
  assertEquals(findGpu(machine({ cat })), { name: "NVIDIA GPU", driver: "535.183.01" });
  const open =
    "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.86.10  Release Build\n";
  assertEquals(findGpu(machine({ cat: open }))?.driver, "570.86.10");
});

Deno.test("a machine without a driver, and one that hides its GPUs, has no GPU", () => {
  assertEquals(findGpu(machine({})), undefined);
  assertEquals(findGpu(machine({ "nvidia-smi": "No devices were found\n" })), undefined);
  const answers = { "nvidia-smi": "NVIDIA H200, 570.124.06\n" };
  for (const visible of ["", "-1"]) assertEquals(findGpu(machine(answers, visible)), undefined);
  assertEquals(findGpu(machine(answers, "0")), h200);
});

Deno.test("every platform gets the library built for it, Windows and Intel Macs none", () => {
  assertEquals(names(linux), ["tensorflow-cpu-2.21.0-manylinux_2_27_x86_64"]);
  assertEquals(names("aarch64-unknown-linux-gnu"), ["tensorflow-2.21.0-manylinux_2_27_aarch64"]);
  assertEquals(names("aarch64-apple-darwin"), ["tensorflow-2.21.0-macosx_12_0_arm64"]);
  assertEquals(names("x86_64-pc-windows-msvc"), []);
  assertEquals(names("x86_64-apple-darwin"), []);
});

Deno.test("for a GPU with a driver for CUDA 12, CUDA comes first, the processor second", () => {
  assertEquals(names(linux, h200), [
    "tensorflow-2.21.0-cuda12-manylinux_2_27_x86_64",
    "tensorflow-cpu-2.21.0-manylinux_2_27_x86_64",
  ]);
  assertEquals(names(linux, { ...h200, driver: "470.256.02" }), names(linux));
  assertEquals(names("aarch64-unknown-linux-gnu", h200).length, 1);
});

Deno.test("a CUDA bundle holds every package once, each pinned by a SHA-256", () => {
  const [cuda] = bundles({ target: linux, gpu: h200 });
  const packages = cuda!.wheels.map((wheel) => wheel.package);
  assertEquals(new Set(packages).size, packages.length);
  assertEquals(cuda!.wheels.filter(({ sha256 }) => !/^[0-9a-f]{64}$/.test(sha256)), []);
  assertEquals(packages[0], "tensorflow");
});
