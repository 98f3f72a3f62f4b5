import { file, type Run, writingTo } from "./folder.ts";

/** The process that works on a run; what it has not written yet is missing. */
export type Holder = { pid?: number; since?: string };

/**
 * Takes a run's folder, made if it is not there, for this process alone: until the lock is disposed of or the process
 * ends, in whatever way. The lock is the operating system's (flock), so what a killed process has left behind is none,
 * even where another process has got its number since.
 *
 * @throws {Error} If another process works on the run: which, and since when; or if the folder cannot be written to.
 */
export async function lock(run: Pick<Run, "path">): Promise<Disposable> {
  const held = await writingTo(run.path, async () => {
    await Deno.mkdir(run.path, { recursive: true });
    return await Deno.open(file(run, "lock"), { create: true, read: true, write: true });
  });
  for (let tries = 0; !await taken(held, true); tries++) {
    if (tries < 5) { // it may be in the hands of one who only asks
      await new Promise((resolve) => setTimeout(resolve, 40));
      continue;
    }
    const { pid, since } = read(held);
    held.close();
    throw new Error(
      `${run.path} is in use: process ${pid ?? "unknown"} works on it` +
        (since ? `, since ${since}` : "") + "; wait for it, stop it, or take another folder",
    );
  }
  const now: Holder = { pid: Deno.pid, since: new Date().toISOString() };
  try {
    held.truncateSync();
    held.writeSync(new TextEncoder().encode(JSON.stringify(now) + "\n"));
  } catch {
    // A full disk: the lock holds, and only its holder is not named.
  }
  return {
    [Symbol.dispose]() {
      held.truncateSync();
      held.close();
    },
  };
}

/** The process that works on a run, or `null` if none does. */
export async function holder(run: Pick<Run, "path">): Promise<Holder | null> {
  const asked = await Deno.open(file(run, "lock")).catch(() => null);
  if (!asked) return null;
  try {
    return await taken(asked, false) ? null : read(asked);
  } finally {
    asked.close();
  }
}

/** Whether a process works on a run. */
export async function isRunning(run: Pick<Run, "path">): Promise<boolean> {
  return await holder(run) !== null;
}

/** Tries to lock a file. Where the file system knows no locks, everybody gets one. */
function taken(held: Deno.FsFile, exclusive: boolean): Promise<boolean> {
  return held.tryLock(exclusive).catch(() => true);
}

function read(held: Deno.FsFile): Holder {
  try {
    const bytes = new Uint8Array(1024);
    held.seekSync(0, Deno.SeekMode.Start);
    return JSON.parse(new TextDecoder().decode(bytes.subarray(0, held.readSync(bytes) ?? 0)));
  } catch {
    return {};
  }
}
