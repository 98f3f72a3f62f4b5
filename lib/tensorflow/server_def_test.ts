import { assertEquals } from "@std/assert";
import { messageFields, messages, textOf } from "./protobuf.ts";
import { serverDef } from "./server_def.ts";

const bytes = serverDef(
  { workers: ["a:1", "b:2"], index: 1 },
  { start: 300, silence: 5 },
  new Uint8Array(),
);

Deno.test("a process tells TensorFlow the addresses of all, and which is its own", () => {
  const [cluster] = messages(bytes, 1) as [Uint8Array];
  const [job] = messages(cluster, 1) as [Uint8Array];
  const tasks = messages(job, 2).map((task) =>
    messageFields(task).map(([, content]) =>
      typeof content === "number" ? content : textOf(content)
    )
  );
  assertEquals(tasks, [[0, "a:1"], [1, "b:2"]]);
  const [, index] = messageFields(bytes).find(([number]) => number === 3)!;
  assertEquals(index, 1);
});

Deno.test("the first process leads, and silence of 5 seconds means that one is lost", () => {
  const [session] = messages(bytes, 4) as [Uint8Array];
  const [experimental] = messages(session, 16) as [Uint8Array];
  const leader = "/job:worker/replica:0/task:0";
  assertEquals(messages(experimental, 1).map(textOf), [leader]);
  const [coordination] = messages(experimental, 23) as [Uint8Array];
  const fields = Object.fromEntries(messageFields(coordination));
  assertEquals([textOf(fields[1]!), textOf(fields[2]!)], ["standalone", leader]);
  assertEquals([fields[4], fields[5]], [300_000, 5_000]);
});
