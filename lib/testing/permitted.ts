import { use } from "../compile/mod.ts";

type Permission = "read" | "write" | "env" | "run" | "ffi" | "sys";

/** The permissions of `names` that have not been granted. */
export function missingPermissions(names: readonly Permission[]): Permission[] {
  return names.filter((name) => Deno.permissions.querySync({ name }).state !== "granted");
}

/**
 * Registers a test that needs permissions; without them it is ignored, and its name says which it needs.
 */
export function permittedTest(
  name: string,
  permissions: readonly Permission[],
  fn: (t: Deno.TestContext) => void | Promise<void>,
): void {
  const missing = missingPermissions(permissions);
  const needs = missing.map((p) => `--allow-${p}`).join(" ");
  Deno.test({
    name: missing.length === 0 ? name : `${name} (needs ${needs})`,
    ignore: missing.length > 0,
    // A loaded library and its threads outlive a test.
    sanitizeResources: false,
    sanitizeOps: false,
    fn,
  });
}

/** Registers a test that runs on the backend `tensorflow`. */
export function tensorflowTest(
  name: string,
  fn: (t: Deno.TestContext) => void | Promise<void>,
): void {
  permittedTest(name, ["ffi", "read", "write", "env", "run", "sys"], async (t) => {
    await use("tensorflow");
    await fn(t);
  });
}
