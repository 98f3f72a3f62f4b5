import { assertEquals } from "@std/assert";
import { type ClusterSpec, freePorts } from "../tensorflow/mod.ts";

/** What each process of a program takes as its argument. */
export type ProcessWork<Request> = {
  /** The processes; without, it is alone. */
  cluster?: ClusterSpec;
  request: Request;
  /** A folder for {@linkcode resultFile}. */
  out: string;
};

/** Where a process leaves its result, as JSON. */
export function resultFile(
  { cluster, out }: Pick<ProcessWork<unknown>, "cluster" | "out">,
): string {
  return `${out}/${cluster?.index ?? 0}.json`;
}

/** The results of so many processes of a program of this folder, by process. */
export async function inProcesses<Result>(
  count: number,
  program: string,
  request: unknown,
): Promise<Result[]> {
  const out = await Deno.makeTempDir();
  const workers = freePorts(count).map((port) => `127.0.0.1:${port}`);
  const path = new URL(program, import.meta.url).pathname;
  const all = workers.map((_, index): ProcessWork<unknown> => ({
    ...count > 1 && { cluster: { workers, index } },
    ...{ request, out },
  }));
  const outputs = await Promise.all(all.map((work) => {
    const args = ["run", "-q", "--no-check", "-P", path, JSON.stringify(work)];
    return new Deno.Command(Deno.execPath(), { args, stdout: "null" }).output();
  }));
  for (const { code, stderr } of outputs) assertEquals(code, 0, new TextDecoder().decode(stderr));
  const results = await Promise.all(
    all.map(async (work) => JSON.parse(await Deno.readTextFile(resultFile(work)))),
  );
  await Deno.remove(out, { recursive: true });
  return results;
}
