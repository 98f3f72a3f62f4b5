import { assertEquals } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { Metrics } from "./metrics.ts";

permittedTest(
  "metrics take back the steps after a checkpoint, and a line that is half written",
  ["read", "write"],
  async () => {
    const run = { path: await Deno.makeTempDir() };
    const path = `${run.path}/metrics.jsonl`;
    {
      using metrics = new Metrics(run);
      assertEquals(metrics.rewind(0), []);
      for (const step of [1, 2, 3]) metrics.add(JSON.stringify({ step, loss: step / 2 }) + "\n");
    }
    await Deno.writeTextFile(path, '{"step":4,"lo', { append: true });
    {
      using metrics = new Metrics(run);
      assertEquals(metrics.rewind(9).map(({ step }) => step), [1, 2, 3]);
      assertEquals(metrics.rewind(2), [{ step: 1, loss: 0.5 }, { step: 2, loss: 1 }]);
      metrics.add('{"step":3}\n');
    }
    assertEquals(
      await Deno.readTextFile(path),
      '{"step":1,"loss":0.5}\n{"step":2,"loss":1}\n{"step":3}\n',
    );
    await Deno.remove(run.path, { recursive: true });
  },
);
