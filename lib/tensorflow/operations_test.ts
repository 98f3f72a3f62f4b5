import { switchBackend } from "../compile/mod.ts";
import { assertNear, cases, evaluateCase } from "../testing/operations.ts";
import { tensorflowTest } from "../testing/permitted.ts";

for (const c of cases) {
  const gradients = c.gradient === false ? "" : " and its gradients";
  tensorflowTest(
    `tf.${c.name}${gradients}: tensorflow agrees with cpu, eager and compiled`,
    async () => {
      const eager = evaluateCase(c, "eager"), compiled = evaluateCase(c, "compiled");
      await switchBackend("cpu");
      const expected = evaluateCase(c, "eager");
      await switchBackend("tensorflow");
      assertNear(eager, expected, "eager");
      assertNear(compiled, expected, "compiled");
    },
  );
}
