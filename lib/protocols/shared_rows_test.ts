import { assertEquals } from "@std/assert";
import { inProcesses } from "../testing/in_processes.ts";
import { permittedTest, tensorflowPermissions } from "../testing/permitted.ts";
import type { SharedScores } from "../testing/shared_scores.ts";

permittedTest(
  "three processes that share images make the features and scores of one, bit by bit",
  tensorflowPermissions,
  async () => {
    const [alone] = await inProcesses<SharedScores>(1, "shared_scores.ts", null);
    const shared = await inProcesses<SharedScores>(3, "shared_scores.ts", null);
    for (const scores of shared) assertEquals(scores, alone);
  },
);
