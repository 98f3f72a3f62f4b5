import { projectFolder } from "./environment.ts";

/** A new folder for temporary files; within `data` where the one that TMPDIR names is not there. */
export function temporaryFolder(): Promise<string> {
  return Deno.makeTempDir().catch(() => Deno.makeTempDir({ dir: `${projectFolder}/data` }));
}
