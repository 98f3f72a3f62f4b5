import { assertEquals } from "@std/assert";
import { unknownFlag } from "./unknown_flag.ts";

const advice = (flag: string, names: string[]) => unknownFlag(flag, names).message.split("; ")[1];

Deno.test("another program's flag suggests the one that the task has", () => {
  const lr = "did you mean --learning-rate?", rates = "did you mean --learning-rates?";
  assertEquals(advice("--lr", ["learningRate", "learningRates"]), lr);
  assertEquals(advice("--lr", ["learningRates", "epochs"]), rates);
  assertEquals(advice("--base_lr", ["learningRates"]), rates);
  assertEquals(advice("--ckpt", ["key", "checkpoint"]), "did you mean --checkpoint?");
});

Deno.test("a flag of one letter suggests no longer one", () => {
  assertEquals(advice("--q", ["key", "data"]), "--help lists them");
  assertEquals(advice("--kye", ["key", "data"]), "did you mean --key?");
});

Deno.test("a flag of another protocol is told to belong there", () => {
  const { message } = unknownFlag("--k", ["key", "data"]);
  assertEquals(message, "There is no flag --k: `evaluate knn` takes it");
});
