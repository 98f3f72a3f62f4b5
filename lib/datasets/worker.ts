/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { makers, type PartKind, type PartOutcome, type PartTask, transferables } from "./makers.ts";

type Message<K extends PartKind> = { kind: K; task: PartTask<K> };

let last: Promise<unknown> = Promise.resolve();

/** Makes parts of batches one after the other, in the order of their messages. */
self.onmessage = ({ data }: MessageEvent<Message<PartKind>>) => {
  last = last.then(async () => {
    try {
      await make(data);
    } catch (error) {
      self.postMessage({ error: error instanceof Error ? error.message : String(error) });
    }
  });
};

async function make<K extends PartKind>({ kind, task }: Message<K>): Promise<void> {
  const maker = makers[kind] as (task: PartTask<K>) => Promise<PartOutcome<K>>;
  const outcome = await maker(task);
  self.postMessage({ outcome }, transferables[kind](outcome) as ArrayBuffer[]);
}
