/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

const names: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];

/** Milliseconds in which signals count as one: from a terminal, `deno task` passes Ctrl-C on to a process that has got it too. */
const once = 300;

let heard = false;

/** What is to be said where nobody heeds a signal; `null` where somebody does. */
let farewell: string | null = null;

self.onmessage = ({ data }: MessageEvent<string | null>) => farewell = data;

/** Passes on the first signal, or ends the process. Then nobody listens any longer, so that the next one ends it. */
function first() {
  if (heard) return;
  heard = true;
  if (farewell !== null) {
    console.error(farewell);
    stopListening();
    Deno.kill(Deno.pid, "SIGINT"); // now, also where the other thread is busy: to a shell that is code 130
    return;
  }
  self.postMessage("stop");
  setTimeout(stopListening, once);
}

function stopListening() {
  for (const name of names) Deno.removeSignalListener(name, first);
}

for (const name of names) Deno.addSignalListener(name, first);
