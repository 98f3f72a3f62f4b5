/**
 * A setting of the tests that the environment may change, such as doing more than every day does;
 * the usual one where the environment says nothing or may not be read.
 */
export function setting(name: string, usual: string): string {
  const { state } = Deno.permissions.querySync({ name: "env", variable: name });
  return state === "granted" ? Deno.env.get(name) ?? usual : usual;
}
