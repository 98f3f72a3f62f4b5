import { assertEquals, assertStringIncludes } from "@std/assert";
import { presetsOf, recipes } from "../configs/mod.ts";
import { plan } from "./mod.ts";

Deno.test("plan() takes every preset of every method as it is", async () => {
  for (const method of Object.keys(recipes)) {
    for (const config of Object.values(presetsOf(method))) {
      const planned = await plan({ config }, { folder: "runs" });
      assertStringIncludes(
        planned.path,
        `runs/pretrain-${config.preset}-granules-s${config.seed}-`,
      );
      assertEquals(planned.config, config);
    }
  }
});
