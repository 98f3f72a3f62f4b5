import { assertEquals, assertThrows } from "@std/assert";
import { clusterIn } from "./mod.ts";

const environment = (variables: Record<string, string>) => ({
  get: (name: string) => variables[name],
});
const tfConfig = (config: unknown) => environment({ TF_CONFIG: JSON.stringify(config) });

Deno.test("TF_CONFIG names the processes, of which a chief is the first", () => {
  const cluster = { chief: ["a:1"], worker: ["b:2", "c:3"] };
  assertEquals(clusterIn(tfConfig({ cluster, task: { type: "worker", index: 1 } })), {
    workers: ["a:1", "b:2", "c:3"],
    index: 2,
  });
  assertEquals(clusterIn(tfConfig({ cluster, task: { type: "chief", index: 0 } }))?.index, 0);
});

Deno.test("without other processes there is no cluster", () => {
  assertEquals(clusterIn(environment({})), undefined);
  const cluster = { worker: ["a:1"] };
  assertEquals(clusterIn(tfConfig({ cluster, task: { type: "worker", index: 0 } })), undefined);
});

Deno.test("a TF_CONFIG that makes no sense is refused", () => {
  assertThrows(() => clusterIn(environment({ TF_CONFIG: "{" })), TypeError, "it is no JSON");
  const cluster = { worker: ["a:1", "b:2"] };
  for (const task of [{ type: "worker", index: 2 }, { type: "ps", index: 0 }, undefined]) {
    assertThrows(() => clusterIn(tfConfig({ cluster, task })), TypeError, "it names 2 workers");
  }
});

Deno.test("a step of SLURM names the processes by its nodes", () => {
  const step = {
    SLURM_STEP_NUM_TASKS: "7",
    SLURM_STEP_NODELIST: "gpu[08-10,12],login",
    SLURM_STEP_TASKS_PER_NODE: "2(x2),1(x3)",
    SLURM_PROCID: "3",
  };
  assertEquals(clusterIn(environment(step)), {
    workers: [
      ...["gpu08:8888", "gpu08:8889", "gpu09:8888", "gpu09:8889", "gpu10:8888", "gpu12:8888"],
      "login:8888",
    ],
    index: 3,
  });
  const { SLURM_STEP_NUM_TASKS: _, ...batch } = step;
  assertEquals(clusterIn(environment(batch)), undefined); // the script of a batch is no step
});
