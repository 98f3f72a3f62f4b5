/** Ends a task whose work is saved: the process then ends with code 130. */
export class Interrupted extends Error {
  override name = "Interrupted";
}
