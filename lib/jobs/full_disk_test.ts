import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Config } from "../configs/mod.ts";
import { granules } from "../datasets/mod.ts";
import { file, readLines } from "../runs/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { sampleConfig } from "../testing/sample_config.ts";
import { openState, pretrain, type State } from "../pretraining/mod.ts";
import type { Start } from "../training/mod.ts";
import { dispose, type Tree } from "../tree/mod.ts";
import { intoFolder } from "./into_folder.ts";

/** A disk on which there is only so much room, and which says so as the system would. */
function disk() {
  const { write, writeSync } = Deno.FsFile.prototype;
  const disk = { room: Infinity, refused: 0 };
  const take = ({ length }: Uint8Array) => {
    if (length <= disk.room) return disk.room -= length;
    disk.refused++;
    throw Object.assign(new Error("No space left on device (os error 28)"), { code: "ENOSPC" });
  };
  Deno.FsFile.prototype.write = async function (bytes) {
    await take(bytes);
    return write.call(this, bytes);
  };
  Deno.FsFile.prototype.writeSync = function (bytes) {
    take(bytes);
    return writeSync.call(this, bytes);
  };
  return Object.assign(disk, {
    [Symbol.dispose]: () => Object.assign(Deno.FsFile.prototype, { write, writeSync }),
  });
}

for (const [what, room] of [["metrics", 0], ["checkpoint", 9000]] as const) {
  permittedTest(
    `no room for the ${what}: the old checkpoint stays, the run pauses, says so, and goes on when there is some`,
    ["read", "write"],
    async () => {
      await tf.setBackend("cpu");
      using full = disk();
      const run = { path: await Deno.makeTempDir() };
      const config = sampleConfig as Config;
      const { train } = granules({ train: 8, test: 0 });
      const begin = (start: Start<State>) => pretrain(train, config, { ...start, workers: 0 });
      const saved = () => openState(file(run, "checkpoint.safetensors")).step;
      const told: string[] = [];
      const tell = (line: string) => {
        told.push(line);
        if (!line.startsWith("paused")) return;
        assertEquals(saved(), 2); // the old one, as a whole
        setTimeout(() => full.room = Infinity, 20);
      };
      const conduct = { saveEvery: 0, keep: 1, maxRollbacks: 0 };
      let last: Tree = [];
      for await (
        const { step, state } of intoFolder(begin, {
          ...{ run, config, conduct, tell },
          from: null,
          wait: 0.005,
        })
      ) {
        if (step === 2) full.room = room;
        last = state;
      }
      dispose(last);
      assert(full.refused > 1, "it tried again");
      assertEquals(told.length, 2);
      assertStringIncludes(told[0], `Cannot write the ${what} of step 3 in ${run.path}: No space`);
      assertEquals(told[1], "There is room again: going on");
      assertEquals([saved(), (await readLines(run)).length], [4, 4]);
      await Deno.remove(run.path, { recursive: true });
    },
  );
}
