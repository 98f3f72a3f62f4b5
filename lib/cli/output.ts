import { escapeText, printableJson } from "../images/mod.ts";

/**
 * Writes text to standard output; controls in it, which can only come from a user or a file, are
 * escaped. Where nobody reads it any longer, the task ends.
 */
export function print(text: string): void {
  write(escapeText(text));
}

/** Writes a value to standard output as one line of JSON. */
export function printJson(value: unknown): void {
  write(`${printableJson(value)}\n`);
}

function write(text: string): void {
  const bytes = new TextEncoder().encode(text);
  try {
    for (let i = 0; i < bytes.length;) i += Deno.stdout.writeSync(bytes.subarray(i));
  } catch (error) {
    // `deno task doctor | head -1` has what it asked for.
    if (error instanceof Deno.errors.BrokenPipe) Deno.exit(0);
    const { message } = error as Error;
    throw new Error(`Cannot write to standard output: ${message}; make room, or write elsewhere`);
  }
}

/**
 * Tells the user something that is no result, on standard error, if anybody still reads it;
 * controls in it are escaped.
 */
export function say(text: string): void {
  try {
    const bytes = new TextEncoder().encode(`${escapeText(text)}\n`);
    for (let i = 0; i < bytes.length;) i += Deno.stderr.writeSync(bytes.subarray(i));
  } catch {
    // The terminal is gone; the work goes on.
  }
}
