import { workspace } from "../images/mod.ts";

/**
 * Lets kernels change the bytes of an image in place: the change gets the address behind the last
 * of them, the first one is at 0.
 */
export function inWorkspace({ data }: { data: Uint8Array }, change: (end: number) => void): void {
  const space = intoWorkspace(data);
  change(data.length);
  data.set(space.subarray(0, data.length));
}

/** Copies bytes to the beginning of the workspace; zeros follow them. */
export function intoWorkspace(data: Uint8Array): Uint8Array {
  const space = workspace(data.length + 32);
  space.set(data);
  space.fill(0, data.length, data.length + 32);
  return space;
}
