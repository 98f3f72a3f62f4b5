import { asFlags } from "./as_flags.ts";
import { correctCalledFrom } from "./called_from.ts";
import { codeOf, exitCodes } from "./exit_codes.ts";
import type { Flags, Values } from "./flag.ts";
import { help, type Manual } from "./help.ts";
import { print, say } from "./output.ts";
import { parseFlags } from "./parse_flags.ts";
import { methodIn, type RecipeFlags, recipeFlags, requestOf } from "./recipe_flags.ts";
import { version } from "./version.ts";

/** What the command line of a task says. */
export type CommandLine<F extends Flags> = {
  /** The values of the task's own flags. */
  values: Values<F>;
  /** What belongs to no flag. */
  words: string[];
  /** What was said of the configuration. */
  recipe: RecipeFlags;
  /** A message with the options that it names written as flags. */
  wording: (message: string) => string;
};

/** What is left of a task once its command line was checked. */
export type Work = () => void | Promise<void>;

/**
 * A task from its command line. `--help` and `--version` are answered. A task that cannot come to
 * its end says why in one sentence on standard error, without a stack trace unless `MUGS_TRACE` is
 * set, and ends with one of {@linkcode exitCodes}.
 *
 * @param prepare Checks the command line, downloads and writes nothing, and returns the work.
 * @param args The command line.
 */
export async function task<F extends Flags>(
  manual: Manual<F>,
  prepare: (line: CommandLine<F>) => Work | Promise<Work>,
  args: readonly string[] = Deno.args,
): Promise<void> {
  const answer = await answerOf(manual, args);
  if (answer) return await attempt(() => print(answer), { flags: manual.flags, codeOf });
  await correctCalledFrom();
  const recipe = manual.recipe ? recipeFlags(methodIn(args)) : {};
  const flags = { ...manual.flags, ...recipe };
  const work = await attempt(async () => {
    const { values, named, words } = parseFlags(args, flags);
    const wording = (message: string) => asFlags(message, flags);
    return await prepare({ values, words, recipe: requestOf(recipe, values, named), wording });
  }, { flags, codeOf: () => exitCodes.misused.code });
  await attempt(work, { flags, codeOf });
}

/** What a command line asks about the task, instead of having it done. */
async function answerOf(manual: Manual, args: readonly string[]): Promise<string | null> {
  if (args.includes("--help") || args.includes("-h")) return help(manual, args);
  return args.includes("--version") ? await version() : null;
}

/** Calls a function; where it fails, says why and ends the process. */
async function attempt<T>(
  f: () => T | Promise<T>,
  { flags, codeOf }: { flags: Flags; codeOf: (error: unknown) => number },
): Promise<T> {
  try {
    return await f();
  } catch (error) {
    const code = codeOf(error);
    const message = (error instanceof Error ? error.message : String(error)).trim() || "unknown";
    const beginning = code === exitCodes.interrupted.code ? "" : "error: ";
    say(beginning + asFlags(message, flags));
    if (traced() && error instanceof Error) say(String(error.stack));
    Deno.exit(code);
  }
}

function traced(): boolean {
  try {
    return Boolean(Deno.env.get("MUGS_TRACE"));
  } catch {
    return false; // the environment may not be read
  }
}
