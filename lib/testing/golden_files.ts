import { matches } from "./tolerance.ts";

/** The golden files that were found, or what is missing and whether a folder was asked for by name. */
export type Place = { paths: string[] } | { missing: string; named: boolean };

/** Looks for golden files in the folder named by `MUGS_GOLDENS`, else in `../shared/goldens` beside the repository. */
export function look(files: string): Place {
  const permitted = (descriptor: Deno.PermissionDescriptor) =>
    Deno.permissions.querySync(descriptor).state === "granted";
  if (!permitted({ name: "env", variable: "MUGS_GOLDENS" }) || !permitted({ name: "read" })) {
    return { missing: "needs read and env permission", named: false };
  }
  const named = Deno.env.get("MUGS_GOLDENS");
  try {
    const folder = Deno.realPathSync(named ?? new URL("../../../shared/goldens", import.meta.url));
    const paths = [...Deno.readDirSync(folder)].map(({ name }) => name)
      .filter((name) => matches(files, name)).sort().map((name) => `${folder}/${name}`);
    if (paths.length) return { paths };
    return { missing: `no such file in ${named ?? "../shared/goldens"}`, named: !!named };
  } catch {
    return { missing: `no folder ${named ?? "../shared/goldens"}`, named: !!named };
  }
}
