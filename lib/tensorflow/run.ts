/** Whether a program succeeded, and what it printed. */
export type ProgramOutput = { ok: boolean; stdout: string; stderr: string };

/** Runs a program to its end; one that does not exist or may not be run counts as failed. */
export async function run(
  program: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<ProgramOutput> {
  try {
    const { success, stdout, stderr } = await new Deno.Command(program, {
      args,
      env,
      stdin: "null",
    }).output();
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { ok: success, stdout: decode(stdout), stderr: decode(stderr) };
  } catch (error) {
    const { NotFound, PermissionDenied, NotCapable } = Deno.errors;
    if ([NotFound, PermissionDenied, NotCapable].some((kind) => error instanceof kind)) {
      return { ok: false, stdout: "", stderr: (error as Error).message };
    }
    throw error;
  }
}
