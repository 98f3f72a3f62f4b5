import { assertEquals } from "@std/assert";
import { tiny } from "../configs/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { prepareTraining } from "./prepare_training.ts";

permittedTest(
  "runs that begin in the same second get folders of their own (case same-second-runs)",
  ["read", "env", "sys"],
  async () => {
    const config = { ...tiny, steps: 2 };
    const jobs = await Promise.all(Array.from({ length: 20 }, () => prepareTraining({ config })));
    assertEquals(new Set(jobs.map(({ path }) => path)).size, 20);
  },
);
