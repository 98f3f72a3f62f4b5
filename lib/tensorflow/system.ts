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

/**
 * Has Linux kill this process when the one that started it ends, in whatever way; other systems
 * have nothing like it.
 */
export function endWithParent(): void {
  if (Deno.build.os !== "linux") return;
  const parameters = ["i32", "u64", "u64", "u64", "u64"] as const;
  const c = open(libc, { prctl: { parameters, result: "i32" } });
  const deathSignal = 1, kill = 9n; // PR_SET_PDEATHSIG, SIGKILL
  c?.symbols.prctl(deathSignal, kill, 0n, 0n, 0n);
  c?.close();
}

/** Sockets, in the system's C library. */
const sockets = {
  socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
  bind: { parameters: ["i32", "buffer", "u32"], result: "i32" },
  getsockname: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  close: symbols.close,
} as const satisfies Deno.ForeignLibraryInterface;

/**
 * Ports of this machine on which nothing listens. Deno itself tells them only where it may use the
 * network.
 *
 * @throws {Error} If the system has none.
 */
export function freePorts(count: number): number[] {
  const c = open(libc, sockets);
  if (!c) throw new Error("Cannot open the system's C library, which finds free ports");
  const { socket, bind, getsockname, close } = c.symbols;
  const descriptors: number[] = [];
  try {
    return Array.from({ length: count }, () => {
      const family = 2, stream = 1; // AF_INET, SOCK_STREAM
      const descriptor = socket(family, stream, 0);
      descriptors.push(descriptor); // all stay open until each has a port
      const address = new Uint8Array(16); // struct sockaddr_in, of which port 0 is any
      address.set(Deno.build.os === "darwin" ? [address.length, family] : [family, 0]);
      const length = Uint32Array.of(address.length);
      if (bind(descriptor, address, address.length) || getsockname(descriptor, address, length)) {
        throw new Error("Cannot find a free port");
      }
      return address[2]! * 256 + address[3]!;
    });
  } finally {
    for (const descriptor of descriptors) close(descriptor);
    c.close();
  }
}

const libc = Deno.build.os === "darwin" ? "libSystem.dylib" : "libc.so.6";

function open<S extends Deno.ForeignLibraryInterface>(name: string, symbols: S) {
  try {
    return Deno.dlopen(name, symbols);
  } catch {
    return undefined;
  }
}
