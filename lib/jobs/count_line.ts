import type { Count } from "../protocols/mod.ts";
import { duration } from "../training/mod.ts";

/** How long a count has been shown, and where it stood at first. */
export type Counted = { seconds: number; from: number };

/**
 * A line on how far something has come: the speed, or the time that each takes where that is more
 * than a second, and the time left. Both are unknown at first.
 */
export function countLine({ what, done, total }: Count, { seconds, from }: Counted): string {
  const each = done > from && seconds > 0 ? seconds / (done - from) : null;
  const pace = each === null ? "" : each > 1 ? `${each.toFixed(1)} s each` : perSecond(1 / each);
  const left = each !== null && done < total ? `${duration((total - done) * each)} left` : "";
  return [`${what}: ${done}/${total}`, pace, left].filter(Boolean).join(", ");
}

function perSecond(speed: number): string {
  return `${speed.toFixed(speed < 10 ? 1 : 0)}/s`;
}
