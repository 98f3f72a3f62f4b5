import type { Global } from "./pickle_machine.ts";

/**
 * What stands in for an object of a class, or for the result of a function, that is not known here.
 * Nothing of it is executed: it only holds what the pickle says of it.
 */
export class Placeholder {
  /** The entries of an object that is a dictionary, too. */
  readonly entries: Map<unknown, unknown>;
  /** The items of an object that is a list, too. */
  readonly items: unknown[] = [];
  /** The state that the object would have taken: mostly its attributes. */
  state: unknown = null;

  /** Takes the name of the class or function and what it would have been called with. */
  constructor(readonly name: string, readonly args: readonly unknown[]) {
    this.entries = new Map(args.find((argument) => argument instanceof Map));
  }

  /** What can be reached in it, by name or number: entries, items and attributes. */
  get parts(): [key: unknown, value: unknown][] {
    const states = Array.isArray(this.state) ? this.state : [this.state];
    const attributes = states.flatMap((state) => state instanceof Map ? [...state] : []);
    return [...this.entries, ...this.items.entries(), ...attributes];
  }
}

/** A name that is not known here: what is made by it is a {@linkcode Placeholder}. */
export function inert(name: string): Global {
  return {
    name,
    make: (args) => new Placeholder(name, args),
    build: (object, state) => {
      if (object instanceof Placeholder) object.state = state;
    },
  };
}
