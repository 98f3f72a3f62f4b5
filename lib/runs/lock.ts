import { pathOf, type Run } from "./folder.ts";
import { writingTo } from "./write_text.ts";

/** The process that works on a run; what it has not written yet is `undefined`. */
export type Holder = { pid?: number; since?: string };

/**
 * Takes a run's folder, made if it is not there, for this process alone, until the lock is disposed
 * of or the process ends in whatever way. The lock is the operating system's (flock): what a killed
 * process has left behind locks nothing, even where another process has its number by now.
 *
 * @throws {Error} If another process works on the run: which, and since when; or if the folder
 * cannot be written to.
 */
export async function lock(run: Pick<Run, "path">): Promise<Disposable> {
  const file = await writingTo(run.path, async () => {
    await Deno.mkdir(run.path, { recursive: true });
    return await Deno.open(pathOf(run, "lock"), { create: true, read: true, write: true });
  });
  for (let tries = 0; !await tryLock(file, true); tries++) {
    if (tries < 5) { // somebody may only be asking who holds it
      await new Promise((resolve) => setTimeout(resolve, 40));
      continue;
    }
    const { pid, since } = readHolder(file);
    file.close();
    throw new Error(
      `${run.path} is in use: process ${pid ?? "unknown"} works on it` +
        (since ? `, since ${since}` : "") + "; wait for it, stop it, or take another folder",
    );
  }
  const now: Holder = { pid: Deno.pid, since: new Date().toISOString() };
  try {
    file.truncateSync();
    file.writeSync(new TextEncoder().encode(JSON.stringify(now) + "\n"));
  } catch {
    // A full disk: the lock holds, but its holder is not named.
  }
  return {
    [Symbol.dispose]() {
      file.truncateSync();
      file.close();
    },
  };
}

/** The process that works on a run, or `null` if none does. */
export async function holder(run: Pick<Run, "path">): Promise<Holder | null> {
  const file = await Deno.open(pathOf(run, "lock")).catch(() => null);
  if (!file) return null;
  try {
    return await tryLock(file, false) ? null : readHolder(file);
  } finally {
    file.close();
  }
}

/** Whether a process works on a run. */
export async function isRunning(run: Pick<Run, "path">): Promise<boolean> {
  return await holder(run) !== null;
}

/** Tries to lock a file. Where the file system has no locks, everybody gets one. */
function tryLock(file: Deno.FsFile, exclusive: boolean): Promise<boolean> {
  return file.tryLock(exclusive).catch(() => true);
}

function readHolder(file: Deno.FsFile): Holder {
  try {
    const bytes = new Uint8Array(1024);
    file.seekSync(0, Deno.SeekMode.Start);
    return JSON.parse(new TextDecoder().decode(bytes.subarray(0, file.readSync(bytes) ?? 0)));
  } catch {
    return {};
  }
}
