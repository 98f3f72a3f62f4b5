import { assertEquals, assertRejects } from "@std/assert";
import { writeSafetensors } from "../checkpoint/mod.ts";
import { granules } from "../datasets/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { tinyVit } from "../testing/tiny_vit.ts";
import { prepareTable } from "./mod.ts";

/** What a table would make of a checkpoint of width 8 with a configuration, or without one. */
async function prepared(config: object, request: object) {
  const checkpoint = await Deno.makeTempFile({ suffix: ".safetensors" });
  await writeSafetensors(checkpoint, tinyVit(), { config: JSON.stringify(config) });
  try {
    return await prepareTable({ checkpoint, data: granules({ train: 4, test: 4 }), ...request });
  } finally {
    await Deno.remove(checkpoint);
  }
}

const permissions = ["read", "write", "env"] as const;

permittedTest(
  "prepareTable() calls weights by the method that they name, or that is requested for them",
  permissions,
  async () => {
    assertEquals((await prepared({ heads: 2 }, {})).name, "checkpoint");
    assertEquals((await prepared({ heads: 2, method: "dino" }, {})).name, "DINO");
    assertEquals((await prepared({ heads: 2 }, { method: "ibot" })).name, "iBOT");
  },
);

permittedTest(
  "prepareTable() needs no more of weights than their number of heads",
  permissions,
  async () => {
    const { config } = await prepared({}, { overrides: { heads: 2, seed: 3 } });
    assertEquals([config.width, config.heads, config.seed], [8, 2, 3]);
    await assertRejects(
      () => prepared({}, { overrides: { heads: 2, width: 16 } }),
      Error,
      "as `width` 16: its network has width 8; leave out",
    );
  },
);
