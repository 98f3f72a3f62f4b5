const project = decodeURIComponent(new URL("../../", import.meta.url).pathname);

/**
 * A path as the user meant it: `deno task` runs in the project's folder, and says in `INIT_CWD`
 * where it was called. Elsewhere this variable is left over from another program, and paths are
 * those of the working directory.
 */
export function userPath<Path extends string | undefined>(path: Path): Path;
export function userPath(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const calledFrom = Deno.env.get("INIT_CWD");
  const absolute = path.startsWith("/") || /^[A-Za-z]:[\\/]/.test(path);
  if (absolute || !calledFrom || !isProject(Deno.cwd())) return path;
  return `${calledFrom}/${path}`;
}

/** Whether a folder is the project's, by whatever path. */
function isProject(folder: string): boolean {
  try {
    return Deno.realPathSync(folder) === Deno.realPathSync(project);
  } catch {
    return false;
  }
}
