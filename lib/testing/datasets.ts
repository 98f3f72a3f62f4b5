/** The folder of a data set, or what is missing and whether a folder was requested by name. */
type Location = { folder: string } | { missing: string; named: boolean };

/**
 * Looks for a data set in the folder named by `MUGS_DATASETS`, else in `../shared/datasets` beside
 * the repository.
 */
function locate(set: string): Location {
  const permitted = (descriptor: Deno.PermissionDescriptor) =>
    Deno.permissions.querySync(descriptor).state === "granted";
  const needs = ["read", "env", "ffi"] as const;
  if (!needs.every((name) => permitted({ name }))) {
    return { missing: "needs --allow-read --allow-env --allow-ffi", named: false };
  }
  const named = Deno.env.get("MUGS_DATASETS");
  const root = named ?? new URL("../../../shared/datasets", import.meta.url).pathname;
  try {
    if (Deno.statSync(`${root}/${set}`).isDirectory) return { folder: `${root}/${set}` };
  } catch {
    // it is missing
  }
  return { missing: `no folder ${named ?? "../shared/datasets"}/${set}`, named: !!named };
}

/**
 * Registers tests that need a data set. Where the data set is missing, there is one test that is
 * ignored and names it; it fails if the folder was requested by name.
 */
export function whereDataset(set: string, register: (folder: string) => void): void {
  const location = locate(set);
  if ("folder" in location) return register(location.folder);
  datasetTest(set, "its tests", () => {});
}

/**
 * Registers a test on a data set that is not part of the repository. Where the data set is missing,
 * the test is ignored; it fails if the folder was requested by name.
 */
export function datasetTest(
  set: string,
  property: string,
  fn: (folder: string, t: Deno.TestContext) => void | Promise<void>,
): void {
  const location = locate(set);
  Deno.test({
    name: `${set}: ${property}${"missing" in location ? ` (${location.missing})` : ""}`,
    ignore: "missing" in location && !location.named,
    sanitizeResources: false, // the decoder's threads outlive a test
    sanitizeOps: false,
    fn: (t) => {
      if ("missing" in location) throw new Error(`Cannot find the data set: ${location.missing}`);
      return fn(location.folder, t);
    },
  });
}
