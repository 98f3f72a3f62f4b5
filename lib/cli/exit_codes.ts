/** What the exit code of a task says. */
export const exitCodes = {
  failed: { code: 1, about: "something failed; what was saved stays" },
  misused: { code: 2, about: "the command line makes no sense; nothing was done" },
  diverged: { code: 3, about: "training diverged, also from an earlier checkpoint" },
  interrupted: { code: 130, about: "stopped by Ctrl-C or a signal; the work so far is saved" },
} as const;

/** The exit code of a task that ended with an error while it worked. */
export function codeOf(error: unknown): number {
  const name = error instanceof Error ? error.name : "";
  if (name === "Interrupted") return exitCodes.interrupted.code;
  return name === "Diverged" ? exitCodes.diverged.code : exitCodes.failed.code;
}
