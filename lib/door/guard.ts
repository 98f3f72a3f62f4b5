import { ensureBackend, noteSlowBackend } from "../compile/mod.ts";
import { checkOptions, suggest } from "../configs/mod.ts";
import { type Kind, written } from "./kind.ts";

/** An object of options, each of which may be left open unless it is needed. */
export type Options = {
  /** What each option takes; `null` where the function itself sees to it. */
  takes: Readonly<Record<string, Kind | null>>;
  needs: readonly string[];
  /** Other names that may stand beside them, such as those of a configuration. */
  beside: readonly string[];
};

/**
 * What a function takes, in its order. A name that ends in `?` may be left out; `null` stands for
 * what the function itself sees to.
 */
export type Call = Readonly<Record<string, Kind | Options | null>>;

type Keys<Union> = Union extends unknown ? keyof Union : never;

/** All options of a type, so that one which is added there has to be added here. */
export function options<O extends object>(
  takes: { readonly [Name in Keys<O>]-?: Kind | null },
  { needs = [], beside = [] }: { needs?: readonly Keys<O>[]; beside?: readonly string[] } = {},
): Options {
  return { takes, needs: needs as readonly string[], beside };
}

/**
 * The functions and classes of a room, each of which checks what it is called with before anything
 * is done. Their types, names and results are the room's.
 *
 * @param options `computing`: those that make tensors of their own, and so need a backend.
 */
export function guarded<Room extends object, Names extends keyof Room & string>(
  room: Room,
  calls: Readonly<Record<Names, Call>>,
  { computing = [] }: { computing?: readonly NoInfer<Names>[] } = {},
): Pick<Room, Names> {
  return Object.fromEntries(
    Object.entries<Call>(calls).map(([name, call]) => {
      const f = room[name as Names] as Callable;
      const computed = computing.includes(name as Names) ? onBackend(f) : f;
      return [name, guardedFunction(name, call, computed)];
    }),
  ) as Pick<Room, Names>;
}

type Callable = (...args: never) => unknown;

function isAsync(f: Callable): boolean {
  return Object.prototype.toString.call(f) === "[object AsyncFunction]";
}

/** The function that first starts a backend, or says that none was chosen if it cannot wait. */
function onBackend(f: Callable): Callable {
  const apply = isAsync(f)
    ? async (f: Callable, self: unknown, args: never[]) => {
      await ensureBackend();
      return await Reflect.apply(f, self, args);
    }
    : (f: Callable, self: unknown, args: never[]) => {
      noteSlowBackend();
      return Reflect.apply(f, self, args);
    };
  return new Proxy(f, { apply });
}

function guardedFunction(name: string, call: Call, f: Callable): unknown {
  const isClass = Function.prototype.toString.call(f).startsWith("class");
  const rejects = isAsync(f);
  return new Proxy(f, {
    apply(f, self, args) {
      if (isClass) throw new TypeError(`Cannot call a class: write \`new ${name}\``);
      try {
        checkCall(name, call, args);
      } catch (error) {
        if (rejects) return Promise.reject(error);
        throw error;
      }
      return Reflect.apply(f, self, args);
    },
    construct(f, args, target) {
      checkCall(`new ${name}`, call, args);
      return Reflect.construct(f, args, target);
    },
  });
}

function checkCall(name: string, call: Call, values: readonly unknown[]): void {
  for (const [i, [parameter, taken]] of Object.entries(call).entries()) {
    const value = values[i];
    if (taken === null || (value === undefined && parameter.endsWith("?"))) continue;
    if ("takes" in taken) checkRecord(name, value, taken);
    else checkArgument(`${name}() needs \`${parameter.replace("?", "")}\``, value, taken);
  }
}

function checkArgument(needs: string, value: unknown, { is, fault }: Kind): void {
  const instead = fault(value);
  if (instead === null) return;
  throw new TypeError(`${needs}, ${is}${value === undefined ? "" : `, not ${instead}`}`);
}

function checkRecord(name: string, value: unknown, { takes, needs, beside }: Options): void {
  const missing = needs.find((each) => (value as Record<string, unknown>)?.[each] === undefined);
  if (missing !== undefined && (value === undefined || isRecord(value))) {
    const is = takes[missing]?.is;
    throw new TypeError(`${name}() needs \`${missing}\`${is === undefined ? "" : `, ${is}`}`);
  }
  if (!isRecord(value)) {
    const names = Object.keys(takes);
    const shown = [...names.slice(0, 6), ...names.length > 6 ? ["..."] : []].join(", ");
    throw new TypeError(`${name}() takes options as \`{ ${shown} }\`, not ${written(value)}`);
  }
  checkNames(value, takes, beside);
  for (const [option, kind] of Object.entries(takes)) {
    const fault = value[option] === undefined ? null : kind?.fault(value[option]) ?? null;
    if (fault !== null) throw new RangeError(`\`${option}\` takes ${kind!.is}, not ${fault}`);
  }
}

/** Refuses other names; beside a configuration, whose names are many, those alone that are like. */
function checkNames(
  value: Readonly<Record<string, unknown>>,
  takes: Options["takes"],
  beside: readonly string[],
): void {
  const names = Object.keys(takes);
  const others = Object.entries(value).filter(([name]) => !beside.includes(name));
  const checked = beside.length === 0
    ? others
    : others.filter(([name]) => !names.includes(name) && suggest(name, names) !== undefined);
  checkOptions(
    Object.fromEntries(checked),
    Object.fromEntries(names.map((name) => [name, null])),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
