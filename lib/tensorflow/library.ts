import { pin, silenceStderr } from "./system.ts";
import { cApi } from "./c_api.ts";
import { cppSwitches } from "./cpp_switches.ts";
import { OutOfMemory } from "./out_of_memory.ts";

/** A non-null native pointer. */
export type Pointer = NonNullable<Deno.PointerValue>;

/** The C library, opened, and the one status object through which it reports failures. */
export class Library implements Disposable {
  /** The C functions. */
  readonly c: Deno.DynamicLibrary<typeof cApi>["symbols"];
  /** The `TF_Status*` for the last argument of a call that can fail; then {@linkcode check} it. */
  readonly status: Pointer;
  readonly #switches: Deno.DynamicLibrary<typeof cppSwitches>["symbols"];

  /**
   * @param folder Holds `libtensorflow_framework.so.2` and `libtensorflow_cc.so.2`.
   * @throws {Error} If they cannot be loaded.
   */
  constructor(readonly folder: string) {
    const [framework, cc] = libraryNames();
    try {
      // TensorFlow writes a notice while it is loaded, whatever its log level.
      using _quiet = silenceStderr();
      // The second library names the first one without its folder: once open, it is found.
      this.#switches = Deno.dlopen(`${folder}/${framework}`, cppSwitches).symbols;
      this.c = Deno.dlopen(`${folder}/${cc}`, cApi).symbols;
      pin(`${folder}/${cc}`);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`Cannot load TensorFlow's C library from ${folder}: ${reason}`, { cause });
    }
    this.status = this.c.TF_NewStatus()!;
    this.#allowTf32(false); // by default GPUs would use it
  }

  /** Whether GPUs may round the factors of float32 products to TF32; by default they may not. */
  get allowsTf32(): boolean {
    return this.#switches.tf32Enabled?.() ?? false;
  }

  /** Runs `f` while GPUs may multiply float32 factors in TF32. */
  withTf32<T>(f: () => T): T {
    this.#allowTf32(true);
    try {
      return f();
    } finally {
      this.#allowTf32(false);
    }
  }

  /** Whether every operation has to give the same bits for the same inputs. */
  get isDeterministic(): boolean {
    return this.#switches.determinismRequired?.() ?? false;
  }

  /** Requires it, or no longer does: on GPUs some operations are then slower, or refused. */
  requireDeterminism(required: boolean): void {
    if (this.#switches.enableDeterminism) this.#switches.enableDeterminism(required);
    else if (required) Deno.env.set("TF_DETERMINISTIC_OPS", "1"); // read by the first operation
  }

  /** Lets TensorFlow write only what ends the process to stderr, until disposed of. */
  quiet(): Disposable {
    const fatal = 3; // absl::LogSeverity
    const before = this.#switches.logLevel?.() ?? fatal;
    this.#switches.setLogLevel?.(fatal);
    return { [Symbol.dispose]: () => this.#switches.setLogLevel?.(before) };
  }

  /** TensorFlow's version, such as `2.21.0`. */
  get version(): string {
    return textAt(this.c.TF_Version());
  }

  /**
   * Throws if the last call reported a failure.
   *
   * @param attempt Says what failed, as the beginning of the message: "Cannot run MatMul(...)".
   * @throws {OutOfMemory} If there is no memory left.
   * @throws {Error} The attempt, and TensorFlow's reason.
   */
  check(attempt: () => string): void {
    const code = this.c.TF_GetCode(this.status);
    if (code === 0) return;
    const reason = textAt(this.c.TF_Message(this.status));
    const resourceExhausted = 8; // tf_status.h
    if (code === resourceExhausted) throw new OutOfMemory(attempt(), reason);
    throw new Error(`${attempt()}: ${reason}`);
  }

  /** Frees the status. The library stays loaded. */
  [Symbol.dispose](): void {
    this.c.TF_DeleteStatus(this.status);
  }

  #allowTf32(allowed: boolean): void {
    if (this.#switches.enableTf32) this.#switches.enableTf32(allowed);
    else Deno.env.set("NVIDIA_TF32_OVERRIDE", "0"); // then there is never TF32
  }
}

/** The file names of the framework library and of the main library on this platform. */
export function libraryNames(os: typeof Deno.build.os = Deno.build.os): [string, string] {
  return os === "darwin"
    ? ["libtensorflow_framework.2.dylib", "libtensorflow_cc.2.dylib"]
    : ["libtensorflow_framework.so.2", "libtensorflow_cc.so.2"];
}

const cStrings = new Map<string, Uint8Array<ArrayBuffer>>();

/**
 * A NUL-terminated copy of a short string such as the name of an operation. Copies are kept, since
 * there are few different ones.
 */
export function cString(text: string): Uint8Array<ArrayBuffer> {
  let bytes = cStrings.get(text);
  if (!bytes) cStrings.set(text, bytes = new TextEncoder().encode(`${text}\0`));
  return bytes;
}

/** A copy of the C string at an address; empty for a null pointer. */
export function textAt(pointer: Deno.PointerValue): string {
  return pointer ? Deno.UnsafePointerView.getCString(pointer) : "";
}

/** A copy of the bytes that `fill` writes into a `TF_Buffer`. */
export function bufferBytes(
  library: Library,
  fill: (buffer: Pointer) => void,
): Uint8Array<ArrayBuffer> {
  const buffer = library.c.TF_NewBuffer()!;
  try {
    fill(buffer);
    return bufferAt(buffer);
  } finally {
    library.c.TF_DeleteBuffer(buffer);
  }
}

/** A copy of the bytes of the `TF_Buffer` at an address; empty for a null pointer. */
export function bufferAt(buffer: Deno.PointerValue): Uint8Array<ArrayBuffer> {
  if (!buffer) return new Uint8Array();
  const view = new Deno.UnsafePointerView(buffer); // { const void* data; size_t length; ... }
  const data = view.getPointer(0);
  const length = Number(view.getBigUint64(8));
  if (!data || length === 0) return new Uint8Array();
  return new Uint8Array(Deno.UnsafePointerView.getArrayBuffer(data, length)).slice();
}
