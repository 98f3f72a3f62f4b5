import { assert } from "@std/assert";
import { openTensors, readTensors, toTensors } from "../checkpoint/mod.ts";
import type { Tree } from "../tree/mod.ts";
import { unflatten } from "../tree/mod.ts";
import { look } from "./golden_files.ts";

/** The checkpoints of an official program: their paths, and what is said of them. */
// deno-lint-ignore no-explicit-any
export type OfficialCheckpoints = { paths: string[]; expected: any };

/** The checkpoints in the folder of a method whose names match. */
export function officialCheckpoints(method: string, pattern: RegExp): OfficialCheckpoints {
  const place = look(`methods/${method}/checkpoints`);
  assert("paths" in place);
  const [folder] = place.paths;
  const expected = JSON.parse(Deno.readTextFileSync(`${folder}/expected.json`));
  const names = Object.keys(expected.files).filter((name) => pattern.test(name));
  assert(names.length > 0, `There is no ${pattern} in ${folder}`);
  return { paths: names.sort().map((name) => `${folder}/${name}`), expected };
}

/**
 * A network in a file.
 *
 * @param rename What ours calls a tensor of the file; `null` for those of other things.
 */
export function networkIn<T extends Tree>(
  path: string,
  rename: (name: string) => string | null,
): T {
  using file = openTensors(path);
  const entries = Object.entries(file.tensors).flatMap(([name, tensor]) => {
    const ours = rename(name);
    return ours === null ? [] : [[ours, tensor] as const];
  });
  return unflatten<T>(toTensors(readTensors(Object.fromEntries(entries))));
}
