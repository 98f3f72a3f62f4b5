import { checkElsewhere, checkFolder } from "./destination.ts";
import { newFolder } from "./new_folder.ts";
import { checkEmpty, checkSameData } from "./resumable.ts";

/** What decides where a run lies, and whether it may begin there. */
export type PlaceRequest = {
  config: { protocol: string; preset: string };
  data: Parameters<typeof checkSameData>[1];
  /** The weights that it begins with. */
  checkpoint: string;
  /** The folder that was named. */
  out: string | undefined;
  /** Whether a run that is there is replaced, or continued. */
  fresh: boolean;
  resume: boolean;
};

/**
 * The folder of a training that begins with a checkpoint: the one that was named, or a new one
 * where all runs lie.
 *
 * @throws {Error} If it can neither begin nor go on there.
 */
export async function placeOfRun(
  { config, data, checkpoint, out, fresh, resume }: PlaceRequest,
): Promise<string> {
  const path = out ?? newFolder(config, data);
  if (resume) await checkSameData({ path }, data);
  await checkFolder(path);
  if (fresh) await checkElsewhere(checkpoint, path);
  if (!resume && !fresh) {
    await checkEmpty(path, "a run: `resume` continues it, `fresh` begins anew");
  }
  return path;
}
