import { switchBackend } from "../compile/mod.ts";

/** A permission of Deno. */
export type Permission = "read" | "write" | "env" | "run" | "ffi" | "sys";

/** How a test is run. */
export type TestOptions = {
  /**
   * Whether resources and operations that outlive the test are failures; by default they are. Turn
   * it off where a library or a worker is loaded for the whole process.
   */
  sanitize?: boolean;
};

type Test = (t: Deno.TestContext) => void | Promise<void>;

/** The permissions that have not been granted. */
export function missingPermissions(names: readonly Permission[]): Permission[] {
  return names.filter((name) => Deno.permissions.querySync({ name }).state !== "granted");
}

/**
 * Registers a test that needs permissions. Without them it is ignored, and its name says which it
 * needs.
 */
export function permittedTest(
  name: string,
  permissions: readonly Permission[],
  fn: Test,
  { sanitize = true }: TestOptions = {},
): void {
  const missing = missingPermissions(permissions);
  const needs = missing.map((p) => `--allow-${p}`).join(" ");
  Deno.test({
    name: missing.length === 0 ? name : `${name} (needs ${needs})`,
    ignore: missing.length > 0,
    sanitizeResources: sanitize,
    sanitizeOps: sanitize,
    fn,
  });
}

/** The permissions that the backend `tensorflow` needs. */
export const tensorflowPermissions = ["ffi", "read", "write", "env", "run", "sys"] as const;

/** Registers a test that runs on the backend `tensorflow`, which outlives it. */
export function tensorflowTest(name: string, fn: Test): void {
  const onTensorFlow: Test = async (t) => {
    await switchBackend("tensorflow");
    await fn(t);
  };
  permittedTest(name, tensorflowPermissions, onTensorFlow, { sanitize: false });
}
