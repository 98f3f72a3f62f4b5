/** Shows how far something counted has come, on stderr: on a terminal in one line, else at the end only. */
export function counter(what: string, total: number): (done: number) => void {
  const terminal = Deno.stderr.isTerminal();
  const start = performance.now();
  return (done) => {
    const seconds = (performance.now() - start) / 1000;
    const line = `${what}: ${done}/${total}, ${Math.round(done / Math.max(seconds, 1e-3))}/s`;
    if (terminal) write(`\r\x1b[K${line}${done >= total ? "\n" : ""}`);
    else if (done >= total) write(`${line}\n`);
  };
}

function write(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(text));
}
