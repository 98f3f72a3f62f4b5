/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { type Kind, makers, type Outcome, type Task, transferables } from "./makers.ts";

type Message<K extends Kind> = { kind: K; task: Task<K> };

let last: Promise<unknown> = Promise.resolve();

/** Makes parts of batches one after the other, in the order of their messages. */
self.onmessage = ({ data }: MessageEvent<Message<Kind>>) => {
  last = last.then(async () => {
    try {
      await make(data);
    } catch (error) {
      self.postMessage({ error: error instanceof Error ? error.message : String(error) });
    }
  });
};

async function make<K extends Kind>({ kind, task }: Message<K>): Promise<void> {
  const maker = makers[kind] as (task: Task<K>) => Promise<Outcome<K>>;
  const outcome = await maker(task);
  self.postMessage({ outcome }, transferables[kind](outcome) as ArrayBuffer[]);
}
