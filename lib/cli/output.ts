/** Writes text to standard output as it is. Where nobody reads it any longer, the task ends. */
export function print(text: string): void {
  const bytes = new TextEncoder().encode(text);
  try {
    for (let i = 0; i < bytes.length;) i += Deno.stdout.writeSync(bytes.subarray(i));
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
    Deno.exit(0); // `deno task doctor | head -1` has what it asked for
  }
}

/** Tells the user something that is no result, on standard error, if anybody still reads it. */
export function say(text: string): void {
  try {
    const bytes = new TextEncoder().encode(`${text}\n`);
    for (let i = 0; i < bytes.length;) i += Deno.stderr.writeSync(bytes.subarray(i));
  } catch {
    // The terminal is gone; the work goes on.
  }
}
