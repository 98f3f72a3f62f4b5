import { assertEquals } from "@std/assert";
import { Random } from "../random/mod.ts";
import { flatten } from "../tree/mod.ts";
import { initMlp } from "./init_mlp.ts";

Deno.test("initMlp() leaves a position for each activation, and normalizes as it is told", () => {
  const layers = [
    { width: 3, norm: "affine" },
    { width: 4, bias: true, norm: "scale" },
    { width: 5, bias: true },
  ] as const;
  const names = Object.keys(flatten(initMlp(new Random(0), { inputs: 2, layers })))
    .filter((name) => !/running|tracked/.test(name));
  assertEquals(names, [
    ...["0.weight", "1.weight", "1.bias"],
    ...["3.weight", "3.bias", "4.weight"],
    ...["6.weight", "6.bias"],
  ]);
});
