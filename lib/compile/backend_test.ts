import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { switchBackend, use, useFastest } from "./mod.ts";

permittedTest("use() switches the backend only while no tensor lives", ["read"], async () => {
  await switchBackend("cpu");
  assertEquals(tf.memory().numTensors, 0);
  const tensor = tf.ones([2]);
  const { message } = await assertRejects(() => use("wasm"), Error);
  assertStringIncludes(message, "from the backend cpu to wasm: 1 tensor lives on cpu; dispose of");
  assertEquals([tf.getBackend(), ...tensor.dataSync()], ["cpu", 1, 1]);
  await use("cpu"); // no switch
  tensor.dispose();
  await use("wasm");
  assertEquals(tf.getBackend(), "wasm");
  tf.dispose(tf.ones([2, 2]).matMul(tf.ones([2, 2])));
  assertEquals(tf.memory().numTensors, 2, "the two factors");
  await assertRejects(() => use("cpu"), Error, "2 tensors live on wasm");
  await switchBackend("cpu"); // as tests do
  assertEquals(tf.getBackend(), "cpu");
});

permittedTest("use() names the backends where it knows no such one", ["read"], async () => {
  const wrong = "webgl2" as "cpu";
  await assertRejects(() => use(wrong), Error, "webgl2: choose tensorflow, wasm, cpu");
});

permittedTest("useFastest() leaves no living tensors behind either", ["read"], async () => {
  await switchBackend("cpu");
  const tensor = tf.ones([2]);
  const fastest = () => useFastest({ log() {} });
  await assertRejects(fastest, Error, "Cannot switch from the backend cpu to ");
  tensor.dispose();
}, { sanitize: false });
