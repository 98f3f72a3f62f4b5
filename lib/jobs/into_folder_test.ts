import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Config } from "../configs/mod.ts";
import { granules } from "../datasets/mod.ts";
import { pathOf, readLines } from "../runs/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { sampleConfig } from "../testing/sample_config.ts";
import { openState, pretrain, type State } from "../pretraining/mod.ts";
import type { Start } from "../training/mod.ts";
import { dispose, type Tree } from "../tree/mod.ts";
import { intoFolder } from "./into_folder.ts";

/**
 * A disk on which there is only so much room until it has refused twice, and which says so as the
 * system would.
 */
function disk() {
  const { write, writeSync } = Deno.FsFile.prototype;
  const disk = { room: Infinity, refused: 0 };
  const take = ({ length }: Uint8Array) => {
    if (length <= disk.room) return disk.room -= length;
    if (++disk.refused === 2) disk.room = Infinity;
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
    `where the ${what} has no room the old checkpoint stays, and the run pauses until it has some`,
    ["read", "write"],
    async () => {
      await tf.setBackend("cpu");
      using full = disk();
      const run = { path: await Deno.makeTempDir() };
      const config = sampleConfig as Config;
      const { train } = granules({ train: 8, test: 0 });
      const begin = (start: Start<State>) => pretrain(train, config, { ...start, workers: 0 });
      const saved = () => openState(pathOf(run, "checkpoint.safetensors")).step;
      const lines: string[] = [];
      const tell = (line: string) => {
        lines.push(line);
        if (!line.startsWith("paused")) return;
        assertEquals(saved(), 2); // the old one, as a whole
      };
      const saving = { saveEvery: 0, keep: 1, maxRollbacks: 0 };
      let last: Tree = [];
      for await (
        const { step, state } of intoFolder(begin, {
          ...{ run, config, images: train.length, saving, tell },
          from: null,
          wait: 0.005,
        })
      ) {
        if (step === 2) full.room = room;
        last = state;
      }
      dispose(last);
      assert(full.refused === 2, "it tried again");
      assertEquals(lines.length, 2);
      assertStringIncludes(
        lines[0]!,
        `Cannot write the ${what} of step 3 in ${run.path}: No space`,
      );
      assertEquals(lines[1], "There is room again: the run goes on");
      assertEquals([saved(), (await readLines(run)).length], [4, 4]);
      await Deno.remove(run.path, { recursive: true });
    },
  );
}
