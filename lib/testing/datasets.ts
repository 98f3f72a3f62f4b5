/** Where a data set for tests lies, or what is missing and whether a folder was asked for by name. */
type Place = { folder: string } | { missing: string; named: boolean };

/** Looks for a data set in the folder named by `MUGS_DATASETS`, else in `../shared/datasets` beside the repository. */
function look(set: string): Place {
  const permitted = (descriptor: Deno.PermissionDescriptor) =>
    Deno.permissions.querySync(descriptor).state === "granted";
  const needs = ["read", "env", "ffi"] as const;
  if (!needs.every((name) => permitted({ name }))) {
    return { missing: "needs --allow-read --allow-env --allow-ffi", named: false };
  }
  const named = Deno.env.get("MUGS_DATASETS");
  const all = named ?? new URL("../../../shared/datasets", import.meta.url).pathname;
  try {
    if (Deno.statSync(`${all}/${set}`).isDirectory) return { folder: `${all}/${set}` };
  } catch {
    // said below
  }
  return { missing: `no folder ${named ?? "../shared/datasets"}/${set}`, named: !!named };
}

/**
 * Registers a test on a data set that is no part of the repository. A folder that is named but missing fails, one that is
 * unnamed and absent makes the test ignored.
 */
export function datasetTest(
  set: string,
  property: string,
  fn: (folder: string, t: Deno.TestContext) => void | Promise<void>,
): void {
  const place = look(set);
  Deno.test({
    name: `${set}: ${property}${"missing" in place ? ` (${place.missing})` : ""}`,
    ignore: "missing" in place && !place.named,
    sanitizeResources: false, // the decoder's threads outlive a test
    sanitizeOps: false,
    fn: (t) => {
      if ("missing" in place) throw new Error(`Cannot find the data set: ${place.missing}`);
      return fn(place.folder, t);
    },
  });
}
