import { type Backend, backends, switchBackend } from "../compile/mod.ts";

/** What decides where golden tests run. */
export type BackendFacts = {
  /** The environment variable `MUGS_BACKEND`: run there and nowhere else. */
  requested?: string;
  /** Whether native code may be called. */
  allowed: boolean;
  /**
   * Whether the goldens were requested by name, as in continuous integration: less than all of them
   * is then a failure.
   */
  named: boolean;
};

/**
 * Starts the backend on which golden tests run: TensorFlow; where it is not available and nobody
 * insists, TensorFlow.js's own "cpu", on which the slow tests are left out.
 *
 * @throws {Error} If TensorFlow is not available and the goldens were requested by name.
 */
export async function chooseBackend(facts: BackendFacts, start = switchBackend): Promise<Backend> {
  const { requested, allowed, named } = facts;
  if (requested) {
    if (!backends.includes(requested as Backend)) {
      throw new Error(`Cannot use MUGS_BACKEND=${requested}: it is one of ${backends.join(", ")}`);
    }
    await start(requested as Backend);
    return requested as Backend;
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
export function theseFacts(): BackendFacts {
  const granted = (descriptor: Deno.PermissionDescriptor) =>
    Deno.permissions.querySync(descriptor).state === "granted";
  const variable = (name: string) =>
    granted({ name: "env", variable: name }) ? Deno.env.get(name) : undefined;
  return {
    requested: variable("MUGS_BACKEND"),
    allowed: granted({ name: "ffi" }),
    named: variable("MUGS_GOLDENS") !== undefined,
  };
}
