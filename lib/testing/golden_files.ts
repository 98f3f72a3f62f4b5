import { matches } from "./tolerance.ts";

/**
 * The golden files that exist, or what is missing and whether their folder was requested by name.
 */
export type GoldenFiles = { paths: string[] } | { missing: string; named: boolean };

/**
 * Looks for golden files in the folder named by `MUGS_GOLDENS`, else in `../shared/goldens` beside
 * the repository.
 *
 * @param pattern The name of a file or folder, in which `*` stands for any text; before it, perhaps
 * a subfolder such as `methods/dino/`.
 */
export function look(pattern: string): GoldenFiles {
  const permitted = (descriptor: Deno.PermissionDescriptor) =>
    Deno.permissions.querySync(descriptor).state === "granted";
  if (!permitted({ name: "env", variable: "MUGS_GOLDENS" }) || !permitted({ name: "read" })) {
    return { missing: "needs read and env permission", named: false };
  }
  const named = Deno.env.get("MUGS_GOLDENS");
  const root = named ?? new URL("../../../shared/goldens", import.meta.url);
  const { folder, name: files } = partsOf(pattern);
  const place = `${named ?? "../shared/goldens"}${folder && `/${folder}`}`;
  try {
    const path = `${Deno.realPathSync(root)}${folder && `/${folder}`}`;
    const paths = [...Deno.readDirSync(path)].map(({ name }) => name)
      .filter((name) => matches(files, name)).sort().map((name) => `${path}/${name}`);
    if (paths.length) return { paths };
    return { missing: `no such file in ${place}`, named: !!named };
  } catch {
    return { missing: `no folder ${place}`, named: !!named };
  }
}

/** A path cut into its folder, which may be empty, and the name behind it. */
export function partsOf(path: string): { folder: string; name: string } {
  const end = path.lastIndexOf("/");
  return { folder: path.slice(0, Math.max(0, end)), name: path.slice(end + 1) };
}
