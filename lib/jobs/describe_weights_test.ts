import { assertEquals, assertStringIncludes } from "@std/assert";
import { resnets } from "../models/mod.ts";
import { describeWeights } from "./describe_weights.ts";

const contents = {
  prefix: "state_dict.",
  others: [],
  sizes: {
    ...{ imageSize: 32, patchSize: 8, width: 384, depth: 2, heads: 6, mlpRatio: 4 },
    relationBlocks: 0,
  },
  headsAssumed: false,
  matched: 1,
  missing: {},
  leftOver: {},
};

const plain = 'x.pth: "state_dict.*", a ViT of width 384, depth 2, 6 heads, patches of 8 for ' +
  "images of 32; 1 tensors matched; none missing; none left over";

Deno.test("describeWeights() says what was found", () => {
  assertEquals(describeWeights("x.pth", contents), plain);
});

Deno.test("describeWeights() says what was assumed, and what else could have been chosen", () => {
  assertEquals(
    describeWeights("x.pth", { ...contents, headsAssumed: true, others: ["state_dict_ema."] }),
    `${plain}; 6 heads are assumed from the width: \`heads\` changes that; also here ` +
      '"state_dict_ema.*": `key` chooses',
  );
});

Deno.test("describeWeights() tells registers", () => {
  const described = describeWeights("x.pth", {
    ...contents,
    sizes: { ...contents.sizes, registers: 4 },
  });
  assertEquals(described, plain.replace("of 32;", "of 32, 4 registers;"));
});

Deno.test("describeWeights() tells what a residual network computes otherwise", () => {
  const resnet = { ...resnets.resnet50, samePadding: "pool", pixels: "fractions" } as const;
  const described = describeWeights("x", { ...contents, sizes: { ...contents.sizes, resnet } });
  assertStringIncludes(
    described,
    "stages of 3, 4, 6, 3 bottleneck blocks, pooled by TensorFlow's rule, which takes pixels from " +
      "0 to 1; ",
  );
});
