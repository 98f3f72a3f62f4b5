import { assertEquals, assertThrows } from "@std/assert";
import { wasmModule } from "./wat.ts";

function run(text: string): { bytes: Uint8Array; call: (...args: number[]) => void } {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new WebAssembly.Module(wasmModule(text));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return { bytes: new Uint8Array(memory.buffer), call: exports.f as (...args: number[]) => void };
}

Deno.test("wasmModule() makes functions with parameters, locals, loops and branches", () => {
  const { bytes, call } = run(`
    ;; fills $count words behind $at with their number
    (func (export "f") (param $at i32) (param $count i32) (local $i i32)
      (block $done
        (loop $more
          (br_if $done (i32.eqz (i32.lt_s (local.get $i) (local.get $count))))
          (i32.store offset=4 (i32.add (local.get $at) (i32.mul (local.get $i) (i32.const 4)))
            (local.get $i))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br_if $more (i32.const 1)))))`);
  call(8, 3);
  assertEquals([...new Int32Array(bytes.buffer, 12, 4)], [0, 1, 2, 0]);
  call(0, 0);
  assertEquals(bytes[4], 0);
});

Deno.test("wasmModule() knows constants of every length, and vectors", () => {
  for (const value of [0, 63, 64, -1, -64, -65, 127, 128, 8388608, -(2 ** 31), 2 ** 31 - 1]) {
    const { bytes, call } = run(`(func (export "f")
      (v128.store (i32.const 16) (i32x4.splat (i32.const ${value}))))`);
    call();
    assertEquals([...new Int32Array(bytes.buffer, 16, 4)], Array(4).fill(value));
  }
});

Deno.test("wasmModule() refuses what it does not know", () => {
  const refused = (text: string, why: string) =>
    assertThrows(() => wasmModule(text), SyntaxError, why);
  refused('(func (export "f") (f64.add))', 'the instruction "f64.add"');
  refused('(func (export "f") (local.set $x (i32.const 1)))', "the name $x");
  refused('(func (export "f")', "parentheses");
  refused("(memory 1)", '"memory"');
});
