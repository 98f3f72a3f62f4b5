/** Ends a run that was told to stop; its message says what is saved. */
export class Interrupted extends Error {
  /** By which it is told from other errors. */
  override name = "Interrupted";
}
