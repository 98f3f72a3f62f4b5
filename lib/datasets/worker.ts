/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { assemble, type Order } from "./assemble.ts";

/** Makes batches in the order of their messages; the arrays go back without a copy. */
self.onmessage = ({ data }: MessageEvent<Order>) => {
  try {
    const arrays = assemble(data);
    const buffers = Object.values(arrays)
      .flatMap((group) => Object.values(group).map(({ buffer }) => buffer));
    self.postMessage({ arrays }, buffers);
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
};
