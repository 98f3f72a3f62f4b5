/** Most files that are open at a time, whatever the number of images and folders. */
const LIMIT = 32;

let free = LIMIT;
const waiting: (() => void)[] = [];

/**
 * Runs work that opens a file or a folder; of all such work, only some runs at a time, so that a
 * program never runs out of file handles.
 */
export async function withOpenFile<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free--;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free++;
  }
}
