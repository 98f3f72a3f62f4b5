/** What a task's exit code says. */
export const exitCodes = {
  failed: { code: 1, about: "something failed; what is saved stays" },
  misused: { code: 2, about: "the command line says nothing sensible; nothing was done" },
  diverged: { code: 3, about: "training diverged, also after going back to its checkpoint" },
  interrupted: { code: 130, about: "stopped by Ctrl-C or a signal; what is done is saved" },
} as const;

/** The exit code of a task that ended with an error, where it was at work. */
export function codeOf(error: unknown): number {
  const { name } = error as Error;
  if (name === "Interrupted") return exitCodes.interrupted.code;
  return name === "Diverged" ? exitCodes.diverged.code : exitCodes.failed.code;
}
