/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { makePiece, type Piece, transferable } from "./piece.ts";

let last: Promise<unknown> = Promise.resolve();

/** Makes pieces of batches one after the other, in the order of their messages. */
self.onmessage = ({ data }: MessageEvent<Piece>) => {
  last = last.then(async () => {
    try {
      const outcome = await makePiece(data);
      self.postMessage({ outcome }, transferable(outcome));
    } catch (error) {
      self.postMessage({ error: error instanceof Error ? error.message : String(error) });
    }
  });
};
