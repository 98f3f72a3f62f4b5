import { assert, assertAlmostEquals } from "@std/assert";
import { logistic } from "./logistic.ts";

Deno.test("logistic() of one number and two classes solves its equation", () => {
  const data = { x: Float64Array.of(1, -1), labels: [0, 1], width: 1, classes: 2 };
  const lambda = 0.1;
  const [a, b] = [...logistic(data, { lambda })] as [number, number];
  assertAlmostEquals(a, -b, 1e-9);
  // Where the pull of the data, the share of the wrong class, equals that of the penalty.
  assertAlmostEquals(1 / (1 + Math.exp(a - b)), lambda * a, 1e-9);
});

Deno.test("logistic() shrinks its weights as the penalty grows", () => {
  const data = { x: Float64Array.of(1, 2, -1, -3), labels: [0, 0, 1, 1], width: 1, classes: 2 };
  const [weak, strong] = [0.01, 1].map((lambda) => Math.abs(logistic(data, { lambda })[0]!));
  assert(strong! < weak!);
});
