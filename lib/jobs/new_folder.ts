import { runsFolder } from "../runs/mod.ts";

/** A folder of its own for a run that begins now, even if another one begins in the same second. */
export function newFolder(
  { protocol, preset }: { protocol: string; preset: string },
  { name }: { name: string },
): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  const unique = crypto.randomUUID().slice(0, 4);
  return `${runsFolder}/${protocol}-${preset}-${name}-${time}-${unique}`;
}
