import type { Cursor } from "./pickle_cursor.ts";
import { type Meaning, PickleMachine } from "./pickle_machine.ts";
import { pickleOperations, STOP } from "./pickle_operations.ts";

/**
 * Operations that are followed at most: checkpoints have some hundred thousand. They bound time and
 * memory.
 */
const MAX_OPERATIONS = 5e6;

/**
 * The value of a pickle, of any protocol up to 5. Nothing is executed: a pickle is a program for a
 * stack machine, and this machine calls only what `meaning` knows. Dictionaries become maps; lists,
 * tuples and sets become arrays; bytes become `Uint8Array`, large integers bigint.
 *
 * Source: CPython, Lib/pickletools.py, which describes every operation.
 *
 * @throws {SyntaxError} If the pickle is damaged or truncated, or names what is not allowed.
 */
export function unpickle(cursor: Cursor, meaning: Meaning): unknown {
  const machine = new PickleMachine(cursor, meaning);
  for (let count = 0; count < MAX_OPERATIONS; count++) {
    const operation = cursor.byte();
    if (operation === STOP) return machine.result();
    const run = pickleOperations[operation];
    if (!run) return machine.damaged();
    run(machine);
  }
  return cursor.refuse(`its pickle has more than ${MAX_OPERATIONS} operations`);
}
