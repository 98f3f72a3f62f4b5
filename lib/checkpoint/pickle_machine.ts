import type { Cursor } from "./pickle_cursor.ts";
import { inert, Placeholder } from "./placeholder.ts";

/** What a pickle may name. */
export type Global = {
  name: string;
  /** How one is made of its arguments; without it, it may not be called. */
  make?: (args: unknown[]) => unknown;
  /** Takes the state of an object that was made. */
  build?: (object: unknown, state: unknown) => void;
};

/** What gives a pickle its meaning. */
export type Meaning = {
  /** What a name stands for; one that is not allowed is refused here. */
  global(name: string): Global;
  /** What an identifier of something outside of the pickle stands for. */
  persistent(id: unknown): unknown;
  /** What a string of Python 2 stands for, which may be bytes; by default text in UTF-8. */
  string?(bytes: Uint8Array): unknown;
};

/** The machine for which pickles are programs: a stack with marks, and a memory. */
export class PickleMachine {
  /** Reads the program. */
  readonly cursor: Cursor;
  readonly #meaning: Meaning;
  readonly #stack: unknown[] = [];
  readonly #marks: number[] = [];
  readonly #memory = new Map<number, unknown>();
  /** Which global an object was made by. */
  readonly #makers = new WeakMap<object, Global>();

  /** A machine before its first operation. */
  constructor(cursor: Cursor, meaning: Meaning) {
    this.cursor = cursor;
    this.#meaning = meaning;
  }

  /** Says that the program makes no sense. */
  damaged(): never {
    return this.cursor.refuse(`its pickle is damaged before byte ${this.cursor.position}`);
  }

  /** What the program leaves: the only value on the stack. */
  result(): unknown {
    return this.#stack.length === 1 && !this.#marks.length ? this.#stack[0] : this.damaged();
  }

  /** Puts a value on the stack. */
  push(value: unknown): void {
    this.#stack.push(value);
  }

  /** Takes the top value, which must lie above the last mark. */
  pop(): unknown {
    return this.#isAboveMark() ? this.#stack.pop() : this.damaged();
  }

  /** The top value, which must lie above the last mark. */
  top(): unknown {
    return this.#isAboveMark() ? this.#stack.at(-1) : this.damaged();
  }

  /** Takes the top values, the lowest first. */
  popSeveral(count: number): unknown[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  /** Sets a mark. */
  mark(): void {
    this.#marks.push(this.#stack.length);
  }

  /** Takes the last mark and all values above it. */
  popMark(): unknown[] {
    return this.#stack.splice(this.#marks.pop() ?? this.damaged());
  }

  /** Takes the top value, or else the mark that lies on top. */
  drop(): void {
    if (this.#isAboveMark()) this.#stack.pop();
    else if (this.#marks.pop() === undefined) this.damaged();
  }

  /** Appends values to the list on top. */
  append(values: unknown[]): void {
    const top = this.top();
    const list = top instanceof Placeholder ? top.items : top;
    if (!Array.isArray(list)) return this.damaged();
    for (const value of values) list.push(value);
  }

  /** Sets entries, key after value, of the map on top. */
  setEntries(pairs: unknown[]): void {
    const top = this.top();
    const map = top instanceof Placeholder ? top.entries : top;
    if (!(map instanceof Map) || pairs.length % 2) return this.damaged();
    for (let i = 0; i < pairs.length; i += 2) map.set(pairs[i], pairs[i + 1]);
  }

  /** The value that was remembered under an index. */
  recall(index: number): unknown {
    return this.#memory.has(index) ? this.#memory.get(index) : this.damaged();
  }

  /** Remembers the top value; without an index under the next one. */
  remember(index = this.#memory.size): void {
    this.#memory.set(index, this.top());
  }

  /** What a name stands for. */
  global(module: unknown, name: unknown): Global {
    if (typeof module !== "string" || typeof name !== "string") return this.damaged();
    return this.#meaning.global(`${module}.${name}`);
  }

  /** What an identifier of something outside stands for. */
  persistent(id: unknown): unknown {
    return this.#meaning.persistent(id);
  }

  /** What the next bytes stand for as a string of Python 2. */
  string(length: number): unknown {
    const { cursor } = this;
    return this.#meaning.string?.(cursor.bytes(length)) ?? cursor.text(length);
  }

  /** Puts on the stack what a global makes of arguments. */
  call(callee: unknown, args: unknown): void {
    const global = callee instanceof Placeholder ? inert(callee.name) : (callee ?? {}) as Global;
    const { name, make } = global;
    if (!name || !Array.isArray(args)) return this.damaged();
    if (!make) return this.cursor.refuse(`its pickle calls ${name}, which is no function here`);
    const value = make(args);
    if (typeof value === "object" && value !== null) this.#makers.set(value, global);
    this.push(value);
  }

  /** Gives a state to the object on top. */
  build(state: unknown): void {
    const object = this.top();
    if (typeof object !== "object" || object === null) return;
    this.#makers.get(object)?.build?.(object, state);
  }

  #isAboveMark(): boolean {
    return this.#stack.length > (this.#marks.at(-1) ?? 0);
  }
}
