import { escapeControls } from "../images/mod.ts";

/** An image that was left out, and why. */
export type Skipped = { id: string; reason: string };

/** Why an image could not be read; without the name of its file where the error's cause says so. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return typeof error.cause === "string" ? error.cause : error.message;
}

/**
 * Refuses a data set with too many unreadable images, naming the first of them.
 *
 * @param of Number of images of the data set.
 * @param maxBad The greatest share that may be unreadable, 0 to 1.
 * @throws {Error} If more are unreadable; its cause is the list of all of them.
 */
export function refuseBad(skipped: readonly Skipped[], of: number, maxBad: number): void {
  if (skipped.length <= maxBad * of) return;
  const first = skipped.slice(0, 5).map(({ id, reason }) => escapeControls(`${id} (${reason})`))
    .join(", ");
  const rest = skipped.length > 5 ? `, and ${skipped.length - 5} more` : "";
  const allowed = Number((100 * maxBad).toPrecision(3));
  throw new Error(
    `Cannot go on: ${skipped.length} of ${of} images cannot be read, and no more than ` +
      `${allowed} % may be so: ${first}${rest}; repair or remove them, or raise \`maxBad\``,
    { cause: skipped },
  );
}

/** The error of an evaluation some of whose images cannot be read: it lists them. */
export function unreadable(failed: readonly Skipped[], of: number): Error {
  const list = failed.slice(0, 20).map(({ id, reason }) =>
    `\n  ${escapeControls(`${id}: ${reason}`)}`
  ).join("");
  const rest = failed.length > 20 ? `\n  and ${failed.length - 20} more` : "";
  return new Error(
    `Cannot evaluate: ${failed.length} of ${of} images cannot be read; repair or remove them, or ` +
      `leave them out with \`skipBad\`:${list}${rest}`,
  );
}
