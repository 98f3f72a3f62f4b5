/** The error that ends a run on request; its message says what is saved. */
export class Interrupted extends Error {
  /** Distinguishes it from other errors. */
  override name = "Interrupted";
}
