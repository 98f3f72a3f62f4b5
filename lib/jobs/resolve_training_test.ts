import { assertEquals } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { readConfigFile } from "./mod.ts";
import { resolveTraining } from "./resolve_training.ts";

permittedTest(
  "a run's config.json is the same configuration by its path and as an object",
  ["read", "write"],
  async () => {
    const path = await Deno.makeTempFile();
    const { resolved: { config } } = await resolveTraining({ method: "dino", seed: 7, steps: 3 });
    const record = { config: { steps: 3 }, resolved: config };
    await Deno.writeTextFile(path, JSON.stringify(record));
    const file = await resolveTraining({ config: path, batchSize: 8 });
    for (const value of [record, config, (await readConfigFile(path)).config]) {
      const object = await resolveTraining({ config: value, batchSize: 8 });
      assertEquals(object.resolved.config, file.resolved.config);
      const { method, seed, steps, batchSize } = object.resolved.config;
      assertEquals({ method, seed, steps, batchSize }, {
        ...{ method: "dino", seed: 7, steps: 3, batchSize: 8 },
      });
    }
    await Deno.remove(path);
  },
);
