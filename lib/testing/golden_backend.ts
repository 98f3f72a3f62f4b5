import { type Backend, backends, use } from "../compile/mod.ts";

/** What decides where golden tests run. */
export type Facts = {
  /** The environment variable `MUGS_BACKEND`: run there and nowhere else. */
  asked?: string;
  /** Whether native code may be called. */
  allowed: boolean;
  /** Whether the goldens were asked for by name, as in continuous integration: less than all of them is then a failure. */
  named: boolean;
};

/**
 * Starts the backend on which golden tests run: TensorFlow; where it cannot be had and nobody insists, TensorFlow.js's own
 * "cpu", on which the slow tests are left out.
 *
 * @throws {Error} If TensorFlow cannot be had and the goldens were asked for by name.
 */
export async function chooseBackend(facts: Facts, start = use): Promise<Backend> {
  const { asked, allowed, named } = facts;
  if (asked) {
    if (!backends.includes(asked as Backend)) {
      throw new Error(`Cannot use MUGS_BACKEND=${asked}: it is one of ${backends.join(", ")}`);
    }
    await start(asked as Backend);
    return asked as Backend;
  }
  if (allowed) {
    try {
      await start("tensorflow");
      return "tensorflow";
    } catch (error) {
      const { message } = error as Error;
      if (named) {
        throw new Error(
          `Cannot run the golden tests that MUGS_GOLDENS names without TensorFlow: ${message}; ` +
            "MUGS_BACKEND=cpu runs those that are not too slow",
        );
      }
      console.warn(`Golden tests run on the backend cpu, the slow ones not at all: ${message}`);
    }
  }
  await start("cpu");
  return "cpu";
}

/** The facts of this process. */
export function theseFacts(): Facts {
  const granted = (descriptor: Deno.PermissionDescriptor) =>
    Deno.permissions.querySync(descriptor).state === "granted";
  const variable = (name: string) =>
    granted({ name: "env", variable: name }) ? Deno.env.get(name) : undefined;
  return {
    asked: variable("MUGS_BACKEND"),
    allowed: granted({ name: "ffi" }),
    named: variable("MUGS_GOLDENS") !== undefined,
  };
}
