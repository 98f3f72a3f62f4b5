/** Says that processes that compute together can no longer do so. */
export class LostProcess extends Error {
  /** The name by which it is known where the class is not at hand. */
  override readonly name = "LostProcess";
}

/** Reasons of TensorFlow that tell of other processes, and not of the operation. */
const ofOthers =
  /Collective ops is aborted|Collective has timed out|RecvBuf|CoordinationService|heartbeat/;

/** What TensorFlow reports where the first process, which leads, cannot be reached. */
const ofLeader = /Heartbeat\b|coordination service/;

/** Processes by their addresses, which of them this one is, and how long it waits for others. */
export type Peers = { workers: readonly string[]; index: number; patience: number };

/**
 * The sentence for an error that tells of other processes; the error as it is for another one.
 *
 * @param error TensorFlow's, which may pass on what another process reports.
 */
export function explainLoss(error: unknown, { workers, index, patience }: Peers): unknown {
  const message = error instanceof Error ? error.message : "";
  if (!ofOthers.test(message)) return error;
  const numbers = [...message.matchAll(/task:(\d+)/g)].map(([, number]) => Number(number));
  const other = numbers.find((number) => number !== index && number < workers.length);
  if (/already-in-error task/.test(message) && numbers[0] === index) {
    return new LostProcess(
      "Cannot go on: the other processes take this one for lost, since it was silent for too long",
    );
  }
  if (/timed out/.test(message)) {
    return new LostProcess(
      `Cannot go on: the other processes did not come to the same point within ${patience} seconds`,
    );
  }
  const lost = other ?? (ofLeader.test(message) && index > 0 ? 0 : undefined);
  const which = lost === undefined
    ? "another process"
    : `process ${lost + 1} of ${workers.length} (${workers[lost]})`;
  return new LostProcess(
    `Cannot go on: ${which} has ended, does not answer or cannot be reached`,
  );
}
