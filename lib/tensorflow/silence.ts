/**
 * Sends what native code writes to stderr to nowhere until disposed. Where the C library of the system cannot be
 * opened, nothing is silenced.
 */
export function silenceStderr(): Disposable {
  const c = open();
  if (!c) return { [Symbol.dispose]() {} };
  const { dup, dup2, close, open: openFile } = c.symbols;
  const saved = dup(2);
  const nowhere = openFile(new TextEncoder().encode("/dev/null\0"), 1 /* O_WRONLY */);
  dup2(nowhere, 2);
  close(nowhere);
  return {
    [Symbol.dispose]() {
      dup2(saved, 2);
      close(saved);
      c.close();
    },
  };
}

function open() {
  try {
    return Deno.dlopen(Deno.build.os === "darwin" ? "libSystem.dylib" : "libc.so.6", {
      dup: { parameters: ["i32"], result: "i32" },
      dup2: { parameters: ["i32", "i32"], result: "i32" },
      close: { parameters: ["i32"], result: "i32" },
      open: { parameters: ["buffer", "i32"], result: "i32" },
    });
  } catch {
    return undefined;
  }
}
