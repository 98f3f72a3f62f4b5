import { assertEquals } from "@std/assert";
import type { MugsConfig } from "../configs/mod.ts";
import { granules } from "../datasets/mod.ts";
import { prepareMethods } from "./prepare_methods.ts";

Deno.test("methods are compared with the same teacher, unless another is requested", async () => {
  const data = granules({ train: 64, test: 8 });
  const momentum = async (overrides: Partial<MugsConfig>) => {
    const { tables } = await prepareMethods({ methods: ["mugs", "dino"], data, overrides });
    return tables.map(({ config }) => (config as MugsConfig).teacherMomentum);
  };
  assertEquals(await momentum({}), [0.99, 0.99]);
  assertEquals(await momentum({ teacherMomentum: 0.5 }), [0.5, 0.5]);
});
