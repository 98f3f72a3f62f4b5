/** A published run, as `methods_vit.json` tells it by the kinds of its sources. */
export type PublishedRun = {
  method: string;
  arch: string;
  epochs: number;
  /** Values that a file of the official repository states. */
  stated: Record<string, unknown>;
  /** Values that the program has where its command says nothing else. */
  default?: Record<string, unknown>;
  /** Values from somebody else's copy, and from the paper: not verified. */
  third_party?: Record<string, unknown>;
  recalled?: Record<string, unknown>;
};

/**
 * Registers a test against the published runs of a method on vision transformers, and of some on
 * residual networks; it is ignored where their collection does not lie beside the repository.
 */
export function publishedRuns(
  method: string,
  name: string,
  test: (runs: PublishedRun[]) => void,
): void {
  const url = new URL("../../../shared/protocols/methods_vit.json", import.meta.url);
  const readable = Deno.permissions.querySync({ name: "read", path: url }).state === "granted";
  const text = readable ? read(url) : null;
  Deno.test({
    name: text ? name : `${name} (needs ../shared/protocols)`,
    ignore: !text,
    fn: () => test(JSON.parse(text!).runs.filter((run: PublishedRun) => run.method === method)),
  });
}

function read(url: URL): string | null {
  try {
    return Deno.readTextFileSync(url);
  } catch {
    return null;
  }
}
