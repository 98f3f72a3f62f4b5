import { assertEquals } from "@std/assert";
import type { MugsConfig } from "../configs/mod.ts";
import { granules } from "../datasets/mod.ts";
import { prepareMethods } from "./prepare_methods.ts";

Deno.test("methods are compared with alike teachers and heads, unless others are given", async () => {
  const data = granules({ train: 64, test: 8 });
  const compared = async (overrides: Partial<MugsConfig>) => {
    const { tables } = await prepareMethods({ methods: ["mugs", "dino"], data, overrides });
    return tables.map(({ config }) => {
      const { teacherMomentum, batchNormInHead } = config as MugsConfig;
      return [teacherMomentum, batchNormInHead];
    });
  };
  assertEquals(await compared({}), [[0.99, false], [0.99, false]]);
  assertEquals(await compared({ teacherMomentum: 0.5 }), [[0.5, false], [0.5, false]]);
  assertEquals(await compared({ batchNormInHead: true }), [[0.99, true], [0.99, true]]);
});
