/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

/**
 * Milliseconds in which signals count as one: from a terminal, `deno task` passes Ctrl-C on to a
 * process that has got it too.
 */
const once = 300;

/** What is to be said where nobody heeds a signal; `null` where somebody does. */
let farewell: string | null = null;

self.onmessage = ({ data }: MessageEvent<string | null>) => farewell = data;

let heard = false;

/**
 * Passes on the first signal, or ends the process. Then nobody listens any longer, so that the next
 * signal ends the process.
 */
function listen() {
  if (heard) return;
  heard = true;
  if (farewell !== null) {
    console.error(farewell);
    stopListening();
    // At once, also where the other thread is busy; a shell takes it for code 130.
    Deno.kill(Deno.pid, "SIGINT");
    return;
  }
  self.postMessage("stop");
  setTimeout(stopListening, once);
}

const names: Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  // The last three are how schedulers warn, of the end of the allotted time among others.
  : ["SIGINT", "SIGTERM", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGXCPU"];

for (const name of names) Deno.addSignalListener(name, listen);

if (Deno.build.os === "linux" && !await ignoresHangup()) {
  names.push("SIGHUP");
  Deno.addSignalListener("SIGHUP", listen);
}

function stopListening() {
  for (const name of names) Deno.removeSignalListener(name, listen);
}

/**
 * Whether this process ignores that its terminal is closed, as `nohup` has it; to listen would undo
 * that.
 */
async function ignoresHangup(): Promise<boolean> {
  try {
    // Deno may not read this file by itself.
    const status = new Deno.Command("cat", { args: [`/proc/${Deno.pid}/status`] });
    const text = new TextDecoder().decode((await status.output()).stdout);
    const mask = /^SigIgn:\s*([0-9a-f]+)$/m.exec(text)?.[1];
    return mask === undefined || (BigInt(`0x${mask}`) & 1n) === 1n;
  } catch {
    return true;
  }
}
