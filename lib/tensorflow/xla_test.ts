import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { compile } from "../compile/mod.ts";
import { assertNear } from "../testing/operations.ts";
import { tensorflowTest } from "../testing/permitted.ts";
import { embedOnce, scoreOnce, trainOnce } from "../testing/program.ts";
import { sampleConfig } from "../testing/sample_config.ts";
import { startTensorFlow } from "./backend.ts";
import type { TensorFlowBackend } from "./mod.ts";
import { xlaCache } from "./xla_cache.ts";

/** Runs `f` on a new context whose functions XLA compiles, and collects what it refuses. */
async function withXla<T>(f: () => T | Promise<T>): Promise<{ result: T; lines: string[] }> {
  const { library } = (tf.backend() as TensorFlowBackend).binding;
  const lines: string[] = [];
  const start = async (compiler: "xla" | "graph") => {
    await startTensorFlow(library, { compiler }, { log: (line) => void lines.push(line) });
    await tf.setBackend("tensorflow");
  };
  await start("xla");
  try {
    return { result: await f(), lines };
  } finally {
    await start("graph");
  }
}

tensorflowTest("XLA gives the features and the scores of the graph executor", async () => {
  const features = embedOnce(), scores = await scoreOnce();
  const { result, lines } = await withXla(async () => ({
    features: embedOnce(),
    scores: await scoreOnce(),
  }));
  assertNear(result.features, features, "features");
  assertNear(result.scores, scores, "scores");
  assertEquals(lines, [], "nothing is refused");
});

tensorflowTest("XLA gives the losses of a step of the graph executor", async () => {
  const recipe = { ...sampleConfig, depth: 1, localCrops: 0 };
  const expected = trainOnce(recipe);
  const { result, lines } = await withXla(() => trainOnce(recipe));
  assertNear([result.facts], [expected.facts], "facts");
  assertEquals(lines, [], "nothing is refused");
});

const probe = { run: () => null };
const facts = { version: "2.21.0", isDeterministic: false };

Deno.test("programs are kept by version, device and setting", () => {
  const gpu = { name: "NVIDIA H200", driver: "570.124.06" };
  const folders = [
    xlaCache(facts, { cache: "/c", probe }),
    xlaCache(facts, { cache: "/c", probe: { run: () => "model name : other\nflags : avx" } }),
    xlaCache(facts, { cache: "/c", gpu, probe }),
    xlaCache(facts, { cache: "/c", gpu: { ...gpu, name: "NVIDIA H100" }, probe }),
    xlaCache({ ...facts, isDeterministic: true }, { cache: "/c", gpu, probe }),
    xlaCache({ ...facts, version: "2.22.0" }, { cache: "/c", gpu, probe }),
  ];
  assertEquals(new Set(folders).size, folders.length);
  assert(folders.every((folder) => folder?.startsWith("/c/xla-2.2")));
  assertEquals(xlaCache(facts, { cache: undefined, probe }), undefined);
});

tensorflowTest("a program of XLA is found again in a second process", async () => {
  const cache = await Deno.makeTempDir();
  const info = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  const { denoDir } = JSON.parse(new TextDecoder().decode(info.stdout));
  try {
    const run = async (before: string) => {
      const { href } = new URL("../compile/mod.ts", import.meta.url);
      const code = `import * as tf from "@tensorflow/tfjs";
        import { compile, use } from ${JSON.stringify(href)};
        await use("tensorflow", { device: "cpu", compiler: "xla" });
        ${before}
        using f = compile((x) => tf.softmax(tf.matMul(x, x)).sum(0), { name: "f" });
        console.log(f(tf.ones([3, 3])).arraySync());`;
      const { TF_XLA_FLAGS: _, ...env } = Deno.env.toObject();
      const { folder } = (tf.backend() as TensorFlowBackend).binding.library;
      const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["eval", "--ext=ts", "--no-check", code],
        cwd: new URL("../..", import.meta.url),
        env: { ...env, DENO_DIR: denoDir, XDG_CACHE_HOME: cache, MUGS_TENSORFLOW: folder },
        clearEnv: true,
      }).output();
      const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
      assert(success, decode(stderr));
      assertEquals(decode(stderr), "", "TensorFlow is quiet about its cache");
      return decode(stdout);
    };
    const files = () =>
      [...Deno.readDirSync(`${cache}/mugs`)].flatMap(({ name }) =>
        [...Deno.readDirSync(`${cache}/mugs/${name}`)].map((file) => file.name)
      );
    const first = await run("");
    const programs = files();
    assertEquals(programs.length, 1);
    assertEquals(await run(""), first);
    assertEquals(files(), programs);
    // Another function before it does not change its name.
    await run(`compile((x) => x.add(1), { name: "f" })(tf.ones([2])).dataSync();`);
    assertEquals(files().length, 2);
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
});

tensorflowTest(
  "determinism is required where it is requested, and from then on no longer",
  async () => {
    const { library } = (tf.backend() as TensorFlowBackend).binding;
    assertEquals(library.isDeterministic, false);
    await startTensorFlow(library, { deterministic: true });
    await tf.setBackend("tensorflow");
    assertEquals((tf.backend() as TensorFlowBackend).binding.library.isDeterministic, true);
    const f = compile((x: tf.Tensor1D) => tf.grad((x) => tf.gather(x, [0, 0, 1]).sum())(x));
    assertEquals([...f(tf.tensor1d([1, 2, 3])).dataSync()], [2, 1, 0]);
    f[Symbol.dispose]();
    await startTensorFlow(library, {});
    await tf.setBackend("tensorflow");
    assertEquals(library.isDeterministic, false);
  },
);
