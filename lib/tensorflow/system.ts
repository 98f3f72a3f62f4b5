/** File descriptors, in the system's C library. */
const symbols = {
  dup: { parameters: ["i32"], result: "i32" },
  dup2: { parameters: ["i32", "i32"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
  open: { parameters: ["buffer", "i32"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

/**
 * Keeps a library in memory until the process ends. Deno unloads a library with the thread that
 * opened it, and TensorFlow registers functions to be called at exit, which would then no longer be
 * in memory.
 */
export function pin(path: string): void {
  const now = 2; // RTLD_NOW
  const dlopen = { parameters: ["buffer", "i32"], result: "pointer" } as const;
  // Before glibc 2.34 dlopen is in a library of its own.
  const loader = open("libdl.so.2", { dlopen }) ?? open(libc, { dlopen });
  loader?.symbols.dlopen(new TextEncoder().encode(`${path}\0`), now);
  loader?.close();
}

/**
 * Discards what native code writes to stderr, until disposed of. Where the system's C library
 * cannot be opened, nothing is silenced.
 */
export function silenceStderr(): Disposable {
  const c = open(libc, symbols);
  if (!c) return { [Symbol.dispose]() {} };
  const { dup, dup2, close, open: openFile } = c.symbols;
  const saved = dup(2);
  const writeOnly = 1; // O_WRONLY
  const sink = openFile(new TextEncoder().encode("/dev/null\0"), writeOnly);
  dup2(sink, 2);
  close(sink);
  return {
    [Symbol.dispose]() {
      dup2(saved, 2);
      close(saved);
      c.close();
    },
  };
}

const libc = Deno.build.os === "darwin" ? "libSystem.dylib" : "libc.so.6";

function open<S extends Deno.ForeignLibraryInterface>(name: string, symbols: S) {
  try {
    return Deno.dlopen(name, symbols);
  } catch {
    return undefined;
  }
}
