import { unpickle } from "./pickle.ts";
import { Cursor, MAX_PICKLE } from "./pickle_cursor.ts";
import type { Global } from "./pickle_machine.ts";
import { quoteName } from "./quote_names.ts";
import { openSource } from "./source.ts";

/** How a pickle is read. */
export type PickleOptions = {
  /** All that it may name. */
  globals: Record<string, Omit<Global, "name">>;
  /** What a string of Python 2 stands for, which may be bytes; by default text in UTF-8. */
  string?: (bytes: Uint8Array) => unknown;
  /** The most bytes that are read. */
  limit?: number;
};

/**
 * The value of a file that is a pickle. Nothing is executed.
 *
 * @throws {SyntaxError} If it is damaged or truncated, or names what is not allowed.
 */
export function readPickle(
  path: string,
  { globals, string, limit = MAX_PICKLE }: PickleOptions,
): unknown {
  using source = openSource(path);
  return unpickle(new Cursor(source, 0, limit), {
    global: (name) =>
      Object.hasOwn(globals, name) ? { name, ...globals[name] } : source.refuse(
        `its pickle names ${quoteName(name)}, which is not needed here; nothing was executed`,
      ),
    persistent: () => source.refuse("its pickle refers to something outside of it"),
    ...string && { string },
  });
}
