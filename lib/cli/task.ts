import { presets } from "../configs/mod.ts";
import { codeOf, exitCodes } from "./exit_codes.ts";
import { help, type Manual } from "./help.ts";
import { type Given, parse } from "./flags.ts";

/**
 * A task from its command line: `--help` is answered; one that does not come to its end says why in one sentence on stderr,
 * without a stack trace unless `MUGS_TRACE` is set, and ends with one of {@linkcode exitCodes}.
 *
 * @param prepare Checks what was given and opens nothing that must be downloaded.
 * @param run Does the work.
 */
export async function task<Options>(
  manual: Manual,
  prepare: (given: Given) => Options | Promise<Options>,
  run: (options: Options) => Promise<void>,
): Promise<void> {
  const args = Deno.args;
  if (args.includes("--help") || args.includes("-h")) {
    const preset = args.includes("--preset") ? args[args.indexOf("--preset") + 1] : "tiny";
    return print(help(manual, Object.hasOwn(presets, preset) ? preset : "tiny"));
  }
  let options: Options;
  try {
    options = await prepare(parse(args, manual.flags));
  } catch (error) {
    return fail(error, exitCodes.misused.code);
  }
  try {
    await run(options);
  } catch (error) {
    return fail(error, codeOf(error));
  }
}

/** Says why and ends the process. */
function fail(error: unknown, code: number): never {
  const message = error instanceof Error ? error.message : String(error);
  const before = code === exitCodes.interrupted.code ? "" : "error: ";
  console.error(before + (message.trim() || "unknown"));
  if (trace() && error instanceof Error) console.error(error.stack);
  Deno.exit(code);
}

function trace(): boolean {
  try {
    return Boolean(Deno.env.get("MUGS_TRACE"));
  } catch {
    return false;
  }
}

/** Writes text to stdout as it is. */
export function print(text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let i = 0; i < bytes.length;) i += Deno.stdout.writeSync(bytes.subarray(i));
}

/** Tells the user something that is no result, on stderr. */
export function say(text: string): void {
  console.error(text);
}
