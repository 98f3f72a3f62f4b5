import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { explainLoss, LostProcess } from "./lost_process.ts";

const peers = { workers: ["a:1", "b:2", "c:3"], index: 0, patience: 600 };
const aborted = (reason: string) =>
  new Error(`Cannot run step(float32[3]): Collective ops is aborted by: ${reason}`);

Deno.test("what TensorFlow reports of a lost process becomes a sentence that names it", () => {
  const reasons: [reason: string, index: number, process: string][] = [
    ["recvmsg:Connection reset by peer from remote target /job:worker/replica:0/task:2", 0, "3"],
    ["The following tasks are unhealthy: /job:worker/replica:0/task:1", 0, "2"],
    ["Deadline Exceeded\n\nRPC: /tensorflow.CoordinationService/Heartbeat", 2, "1"],
    ["Failed to send RPC to coordination service. Either the leader task died", 1, "1"],
  ];
  for (const [reason, index, process] of reasons) {
    const error = explainLoss(aborted(reason), { ...peers, index });
    assert(error instanceof LostProcess);
    const address = peers.workers[Number(process) - 1];
    assertEquals(
      error.message,
      `Cannot go on: process ${process} of 3 (${address}) has ended, does not answer or cannot be ` +
        "reached",
    );
  }
});

Deno.test("a process that was silent for too long learns that the others go on without it", () => {
  const own = "heartbeat request from an already-in-error task: /job:worker/replica:0/task:0";
  const error = explainLoss(aborted(own), peers);
  assert(error instanceof LostProcess && /take this one for lost/.test(error.message));
});

Deno.test("errors of an operation stay as they are", () => {
  const error = new Error("Cannot run MatMul(float32[2,3]): In[0] mismatch");
  assertStrictEquals(explainLoss(error, peers), error);
});
