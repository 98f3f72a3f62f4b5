/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

/** Seconds between two lines where they are not drawn over each other. */
const between = 10;

/**
 * Tells every second, or in lines of their own every few seconds, for how long XLA has been
 * compiling: the thread that waits for it cannot. It ends with its thread.
 */
self.onmessage = ({ data }: MessageEvent<{ name: string; isTerminal: boolean }>) => {
  const start = performance.now();
  setInterval(() => {
    const seconds = Math.round((performance.now() - start) / 1000);
    if (!data.isTerminal && seconds % between) return;
    const line = `XLA compiles ${data.name}: ${seconds} s`;
    Deno.stderr.writeSync(
      new TextEncoder().encode(data.isTerminal ? `\r\x1b[2K${line}` : `${line}\n`),
    );
  }, 1000);
};
