/** What `--version` prints: the versions of this program and of Deno. */
export async function version(): Promise<string> {
  const module = await import("../../deno.json", { with: { type: "json" } });
  const project: object & { version?: string } = module.default;
  return `mugs ${project.version ?? "unreleased"} (Deno ${Deno.version.deno})\n`;
}
