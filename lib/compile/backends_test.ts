import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { assertNear, cases, evaluateCase } from "../testing/operations.ts";
import { missingPermissions, permittedTest, tensorflowPermissions } from "../testing/permitted.ts";
import { learningRate, programRecipes, scoreOnce, trainOnce } from "../testing/program.ts";
import { type Backend, backends, switchBackend } from "./mod.ts";

const native = missingPermissions(tensorflowPermissions).length === 0;
const others: Backend[] = native ? ["tensorflow", "wasm"] : ["wasm"];

/** Where a test opens TensorFlow, which outlives it. */
const opensTensorFlow = { sanitize: !native };

/** The kernels that wasm lacks, by the cases that need them; no program does (see below). */
const lackingOnWasm: Record<string, string[]> = {
  gather: ["UnsortedSegmentSum"],
  conv2d: ["Conv2DBackpropFilter"],
  depthwiseConv2d: ["DepthwiseConv2dNativeBackpropInput", "DepthwiseConv2dNativeBackpropFilter"],
};

/**
 * The largest permitted difference in a tensor of a state: rounding, relative to its largest
 * number. Nothing depends on the biases of the keys, so their gradient is rounding alone, and
 * AdamW makes it a step as long as any other.
 */
function toleranceOf(name: string, numbers: Float32Array): number {
  const largest = numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return 1e-5 + 1e-4 * largest + (name.endsWith("qkv.bias") ? 2 * learningRate : 0);
}

/** The kernels that run during `f`. */
async function kernelsOf(f: () => void | Promise<void>): Promise<string[]> {
  const { kernelNames } = await tf.profile(async () => {
    await f();
    return [];
  });
  // The profile also names gradients that are written by hand; they are no kernels.
  return kernelNames.filter((name) => tf.getKernel(name, "cpu"));
}

permittedTest("every operation of the program is compared on wasm", ["read"], async () => {
  await switchBackend("wasm");
  await switchBackend("cpu");
  const compared = new Set<string>();
  const lacking: Record<string, string[]> = {};
  for (const c of cases) {
    const kernels = await kernelsOf(() => void evaluateCase(c));
    const missing = kernels.filter((name) => !tf.getKernel(name, "wasm"));
    if (missing.length) lacking[c.name] = missing;
    else kernels.forEach((name) => compared.add(name));
  }
  assertEquals(lacking, lackingOnWasm);
  const kernels = await kernelsOf(async () => {
    for (const config of programRecipes) tf.tidy(() => void trainOnce(config));
    await scoreOnce();
  });
  assert(kernels.length > 40, `only ${kernels.length} operations were recorded`);
  assertEquals(kernels.filter((name) => !compared.has(name)), []);
});

for (const c of cases) {
  const gradients = c.gradient === false ? "" : " and its gradients";
  const name = `tf.${c.name}${gradients}`;
  const missing = lackingOnWasm[c.name];
  if (missing) {
    Deno.test.ignore(`${name}: wasm has no ${missing.join(", ")}`, () => {});
    continue;
  }
  permittedTest(`${name}: wasm agrees with cpu`, ["read"], async () => {
    await switchBackend("cpu");
    const expected = evaluateCase(c);
    await switchBackend("wasm");
    assertNear(evaluateCase(c), expected, "wasm");
  });
}

for (const [i, config] of programRecipes.entries()) {
  permittedTest(
    `a step of recipe ${i} agrees on ${others.join(", ")} and cpu`,
    ["read"],
    async () => {
      await switchBackend("cpu");
      const expected = trainOnce(config);
      for (const backend of others) {
        await switchBackend(backend);
        const actual = trainOnce(config);
        assertNear([actual.facts], [expected.facts], `${backend}: facts`);
        assertEquals(Object.keys(actual.state), Object.keys(expected.state));
        for (const [name, numbers] of Object.entries(expected.state)) {
          const tolerance = toleranceOf(name, numbers);
          actual.state[name]!.forEach((x, i) =>
            assertAlmostEquals(x, numbers[i]!, tolerance, `${backend}: ${name} at ${i}`)
          );
        }
      }
    },
    opensTensorFlow,
  );
}

permittedTest(`the protocols agree on ${others.join(", ")} and cpu`, ["read"], async () => {
  await switchBackend("cpu");
  const expected = await scoreOnce();
  for (const backend of others) {
    await switchBackend(backend);
    assertNear(await scoreOnce(), expected, backend);
  }
}, opensTensorFlow);

permittedTest("every backend can be chosen", ["read"], async () => {
  for (const backend of backends.filter((name) => native || name !== "tensorflow")) {
    await switchBackend(backend);
    assertEquals(tf.getBackend(), backend);
  }
}, opensTensorFlow);
