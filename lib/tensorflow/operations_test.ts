import { use } from "../compile/mod.ts";
import { assertNear, cases, evaluate } from "../testing/operations.ts";
import { tensorflowTest } from "../testing/permitted.ts";

for (const c of cases) {
  const gradients = c.gradient === false ? "" : " and its gradients";
  tensorflowTest(
    `tf.${c.name}${gradients}: tensorflow agrees with cpu, eager and compiled`,
    async () => {
      const [eager, compiled] = [evaluate(c, "eager"), evaluate(c, "compiled")];
      await use("cpu");
      const expected = evaluate(c, "eager");
      await use("tensorflow");
      assertNear(eager, expected, "eager");
      assertNear(compiled, expected, "compiled");
    },
  );
}
