/** Says that what was to be computed does not fit into the device's memory. */
export class OutOfMemory extends Error {
  /** The name by which it is known where the class is not at hand. */
  override readonly name = "OutOfMemory";

  /**
   * @param attempt What could not be done.
   * @param reason TensorFlow's, with the size that was asked for; only its first line is told.
   */
  constructor(attempt: string, reason: string) {
    const [line = ""] = reason.split("\n");
    super(
      `${attempt}: the device has no memory left (${line.slice(0, 200)}); make \`batchSize\` ` +
        "smaller, or cut it by `accumulate`",
    );
  }
}
