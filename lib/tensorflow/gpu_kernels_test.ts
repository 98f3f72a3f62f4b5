import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { tensorflowTest } from "../testing/permitted.ts";
import { withAbilities } from "../testing/abilities.ts";
import { gpuKernelTable } from "../testing/gpu_kernel_table.ts";
import { tableLines } from "../testing/gpu_kernels.ts";
import { recordOperations, withoutGpu } from "../testing/placement.ts";
import { changeOnce, embedOnce, programRecipes, scoreOnce, trainOnce } from "../testing/program.ts";
import { sampleConfig } from "../testing/sample_config.ts";
import { gpuAbilities } from "./abilities.ts";
import type { TensorFlowBackend } from "./mod.ts";
import { registeredKernels } from "./registered_kernels.ts";

const backend = () => tf.backend() as TensorFlowBackend;

tensorflowTest("the library tells its kernels by device and types", () => {
  const { library } = backend().binding;
  const kernels = registeredKernels(library, "MatMul").filter(({ device }) => device === "CPU");
  assert(kernels.some(({ types }) => types.T?.includes(1)), "one for float32");
  assertEquals(registeredKernels(library, "NoSuchOperation"), []);
});

tensorflowTest("the table of GPU kernels is that of a library with CUDA", async (t) => {
  const { library } = backend().binding;
  const cuda = registeredKernels(library, "MatMul").some(({ device }) => device === "GPU");
  await t.step({
    name: cuda ? "all operations" : "this library has no CUDA: MUGS_TENSORFLOW may name one",
    ignore: !cuda,
    fn() {
      for (const [operation, lines] of Object.entries(gpuKernelTable)) {
        assertEquals(tableLines(registeredKernels(library, operation)), lines, operation);
      }
    },
  });
});

tensorflowTest(
  "a GPU runs every operation of views, of a step, of features and of protocols",
  async () => {
    await withAbilities(gpuAbilities(), async () => {
      const operations = await recordOperations(backend(), async () => {
        for (const recipe of programRecipes) tf.tidy(() => void trainOnce(recipe));
        tf.tidy(() => void trainOnce({ ...sampleConfig, precision: "bfloat16" }));
        tf.tidy(() => void trainOnce(sampleConfig, { together: true, lean: true }));
        for (const precision of ["float32", "tf32", "bfloat16"] as const) embedOnce(precision);
        await scoreOnce();
        tf.tidy(() => void changeOnce());
      });
      const kinds = new Set(operations.map(({ kind }) => kind));
      assert(kinds.size > 40, `only ${kinds.size} kinds of operations were recorded`);
      assertEquals(withoutGpu(operations), []);
      assert(!kinds.has("_FusedMatMul"), "it fails on GPUs at some sizes");
    });
  },
);
