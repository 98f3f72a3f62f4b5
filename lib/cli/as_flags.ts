import { type Flags, kebab } from "./flag.ts";

/**
 * A message for the command line: the options that it names as code does, between backquotes, as
 * flags. So the rooms below can say `` `batchSize` 64 is more than the 8 training images `` without
 * knowing where it is read, and `` `reduceZeroLabel: false` `` becomes `--no-reduce-zero-label`.
 */
export function asFlags(message: string, flags: Flags): string {
  return message.replace(
    /`(\w+)(: false)?`/g,
    (code, name: string, off?: string) =>
      Object.hasOwn(flags, name) ? `--${off ? "no-" : ""}${kebab(name)}` : code,
  );
}
