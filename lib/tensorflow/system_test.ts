import { assertEquals } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { freePorts } from "./mod.ts";

permittedTest("free ports are different ones, and beyond those of the system", ["ffi"], () => {
  const ports = freePorts(5);
  assertEquals(new Set(ports).size, 5);
  for (const port of ports) assertEquals(port >= 1024 && port < 65536, true, `${port}`);
});
