/** Options of {@linkcode patiently}. */
export type PatientOptions = {
  /** What is written, and where, for instance "the checkpoint of step 7 in RUN". */
  what: string;
  /** Takes a line when the waiting begins, and another when it is over. */
  tell: (line: string) => void;
  /** Seconds between tries. */
  wait?: number;
  /** Ends the waiting. */
  signal?: AbortSignal;
};

/**
 * Writes, and where the disk is full waits and tries again until there is room: a full disk costs a
 * run time, but nothing that it has learned.
 *
 * @param write Where it fails it must leave what was there before.
 * @throws {Error} What `write` throws for another reason than a full disk, or once the waiting was
 * ended.
 */
export async function patiently<T>(
  write: () => T | Promise<T>,
  { what, tell, wait = 30, signal }: PatientOptions,
): Promise<T> {
  for (let tries = 0;; tries++) {
    try {
      const written = await write();
      if (tries > 0) tell("There is room again: the run goes on");
      return written;
    } catch (error) {
      if (!isFull(error) || signal?.aborted) throw error;
      if (tries === 0) {
        const { message } = error as Error;
        tell(
          `paused: Cannot write ${what}: ${message}. What was saved before stays. Make room on ` +
            `the disk and the run goes on; it tries again every ${wait} seconds`,
        );
      }
      await delay(wait, signal);
    }
  }
}

/** Whether an error says that a disk, or what one may use of it, is full. */
function isFull(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: string };
  return code === "ENOSPC" || code === "EDQUOT";
}

function delay(seconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, 1000 * seconds);
    signal?.addEventListener("abort", end);
  });
}
