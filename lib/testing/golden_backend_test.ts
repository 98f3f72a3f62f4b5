import { assertEquals, assertRejects } from "@std/assert";
import { chooseBackend } from "./golden_backend.ts";

/** A machine that has these backends; notes which were tried. */
function machine(...has: string[]) {
  const tried: string[] = [];
  const start = (backend: string) => {
    tried.push(backend);
    return has.includes(backend) ? Promise.resolve() : Promise.reject(new Error("no library"));
  };
  return { tried, start };
}

Deno.test("golden tests run on TensorFlow where it may be loaded and is there", async () => {
  const { start } = machine("tensorflow", "cpu");
  assertEquals(await chooseBackend({ allowed: true, named: true }, start), "tensorflow");
  assertEquals(await chooseBackend({ allowed: false, named: false }, start), "cpu");
});

Deno.test("goldens that are named fail without TensorFlow, others run on less", async () => {
  const { start, tried } = machine("cpu");
  const fails = () => chooseBackend({ allowed: true, named: true }, start);
  await assertRejects(fails, Error, "without TensorFlow: no library; MUGS_BACKEND=cpu runs");
  assertEquals(tried, ["tensorflow"]);
  assertEquals(await chooseBackend({ allowed: true, named: false }, start), "cpu");
});

Deno.test("MUGS_BACKEND is used and no other", async () => {
  const { start, tried } = machine("wasm", "cpu");
  assertEquals(
    await chooseBackend({ requested: "wasm", allowed: true, named: true }, start),
    "wasm",
  );
  const wrong = () => chooseBackend({ requested: "gpu", allowed: true, named: true }, start);
  await assertRejects(wrong, Error, "one of tensorflow, wasm, cpu");
  assertEquals(tried, ["wasm"]);
});
