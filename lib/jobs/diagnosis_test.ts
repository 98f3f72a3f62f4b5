import { assertEquals, assertStringIncludes } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { endTask } from "../testing/task_run.ts";
import { diagnoseMachine, diagnosisText, type MachineFacts } from "./diagnosis.ts";

/** A machine on which all is as it should be. */
const healthy: MachineFacts = {
  deno: "2.9.6",
  target: "x86_64-unknown-linux-gnu",
  cores: 2,
  precision: "float32",
  memory: { total: 24e9, available: 12e9 },
  disk: { folder: "/home/a/.cache/mugs", free: 70e9 },
  denied: [],
  gpu: null,
  library: { folder: "/home/a/.cache/mugs/x/tensorflow", version: "2.21.0", devices: ["CPU"] },
  pip: "pip 23.2.1",
  index: null,
  backends: { tensorflow: "works", wasm: "works", cpu: "works" },
  images: "0.35.5",
};

/** The same before anything was fetched. */
const fresh: MachineFacts = {
  ...healthy,
  library: { fetch: "tensorflow-cpu 2.21.0", download: 270e6, needed: 1.3e9 },
  index: true,
  backends: { wasm: "works", cpu: "works" },
};

/** What to do, by what it is about. */
const advice = (facts: MachineFacts) =>
  diagnoseMachine(facts).findings.flatMap(({ name, advice }): [string, string][] =>
    advice ? [[name, advice]] : []
  );

Deno.test("a machine on which all is there gets no advice, and trains on TensorFlow", () => {
  assertEquals(advice(healthy), []);
  assertEquals(diagnoseMachine(healthy).backend, "tensorflow");
  assertStringIncludes(
    diagnosisText(diagnoseMachine(healthy)),
    "Training runs here, on tensorflow.",
  );
});

Deno.test("what can be fetched is not missing", () => {
  assertEquals([diagnoseMachine(fresh).backend, advice(fresh)], ["tensorflow", []]);
  assertStringIncludes(
    diagnosisText(diagnoseMachine(fresh)),
    "tensorflow-cpu 2.21.0 (0.3 GB) is fetched at first",
  );
});

Deno.test("without pip, network or room training runs on wasm, and the advice says why", () => {
  const cases: [Partial<MachineFacts>, string, string][] = [
    [{ pip: null, index: null }, "pip", "install Python 3 with pip"],
    [{ index: false }, "pip", "check the network"],
    [{ disk: { folder: "/c", free: 1e9 } }, "disk", "set XDG_CACHE_HOME to another disk"],
  ];
  for (const [change, name, text] of cases) {
    const facts = { ...fresh, ...change };
    assertEquals(diagnoseMachine(facts).backend, "wasm");
    const advised = new Map(advice(facts));
    assertStringIncludes(advised.get(name) ?? "", text);
    assertStringIncludes(advised.get("TensorFlow") ?? "", "training runs on wasm");
  }
});

Deno.test("a GPU is used, or it is said why not", () => {
  const gpu = { name: "NVIDIA H200", driver: "570.1", tooOld: false, obstacle: null };
  const library = { folder: "/c", version: "2.21.0", devices: ["CPU", "GPU"] };
  assertEquals(advice({ ...healthy, gpu, library }), []);
  assertStringIncludes(
    diagnosisText(diagnoseMachine({ ...healthy, gpu, library })),
    "used through CUDA 12",
  );
  assertStringIncludes(advice({ ...healthy, gpu })[0]?.[1] ?? "", "TensorFlow does not see it");
  const lacking = { ...gpu, obstacle: "libcudnn.so.9 cannot be loaded" };
  assertEquals(advice({ ...healthy, gpu: lacking })[0]?.[1], "libcudnn.so.9 cannot be loaded");
  const old = { ...gpu, tooOld: true };
  assertStringIncludes(advice({ ...healthy, gpu: old })[0]?.[1] ?? "", "driver 525 or later");
});

Deno.test("what Deno was not given is named", () => {
  assertEquals(advice({ ...healthy, denied: ["ffi"] })[0]?.[0], "permissions");
  assertStringIncludes(
    diagnosisText(diagnoseMachine({ ...healthy, denied: ["ffi"] })),
    "without ffi",
  );
});

Deno.test("where no backend works training cannot run", () => {
  const none = { error: "no SIMD" };
  const facts: MachineFacts = { ...fresh, pip: null, backends: { wasm: none, cpu: none } };
  assertEquals(diagnoseMachine(facts).backend, null);
  assertStringIncludes(diagnosisText(diagnoseMachine(facts)), "Training cannot run here.");
});

permittedTest("the doctor fetches nothing and ends well where wasm works", [
  "run",
  "read",
  "write",
  "env",
], async () => {
  const home = await Deno.makeTempDir();
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  const { denoDir } = JSON.parse(new TextDecoder().decode(stdout));
  const cache = `${home}/cache`;
  const env = { PATH: home, XDG_CACHE_HOME: cache, DENO_DIR: denoDir, MUGS_TENSORFLOW: "" };
  const { code, out, err } = await endTask("doctor --json", home, { env });
  assertEquals([code, err], [0, ""]);
  const { backend, facts } = JSON.parse(out);
  assertEquals([backend, facts.pip, facts.backends.wasm], ["wasm", null, "works"]);
  assertEquals([...Deno.readDirSync(home)], []);
  await Deno.remove(home, { recursive: true });
});
