/**
 * What the environment asks of a test, such as more than every day; else the usual, also where the environment may not be
 * read.
 */
export function asked(name: string, usual: string): string {
  const { state } = Deno.permissions.querySync({ name: "env", variable: name });
  return state === "granted" ? Deno.env.get(name) ?? usual : usual;
}
