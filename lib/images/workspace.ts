import { wasmModule } from "./wat.ts";

/** The memory in which the kernels work. */
const memory = new WebAssembly.Memory({ initial: 64 });

/** The functions of a text of WebAssembly, which work in the {@linkcode workspace}. */
export function instantiate<Functions>(text: string): Functions {
  const module = new WebAssembly.Module(wasmModule(text));
  return new WebAssembly.Instance(module, { env: { memory } }).exports as Functions;
}

/**
 * The kernels' memory, grown to at least `bytes` bytes and some more after them. Nothing in it
 * outlives the function that asks for it.
 */
export function workspace(bytes: number): Uint8Array<ArrayBuffer> {
  const missing = bytes + 64 - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65536));
  return new Uint8Array(memory.buffer as ArrayBuffer);
}
