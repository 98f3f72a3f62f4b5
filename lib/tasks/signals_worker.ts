/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

const names: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];

/** Milliseconds in which signals count as one: from a terminal, `deno task` passes Ctrl-C on to a process that has got it too. */
const once = 300;

let heard = false;

/** Passes on the first signal. Then nobody listens any longer, so that the next one ends the process. */
function first() {
  if (heard) return;
  heard = true;
  self.postMessage("stop");
  setTimeout(() => {
    for (const name of names) Deno.removeSignalListener(name, first);
  }, once);
}

for (const name of names) Deno.addSignalListener(name, first);
