import { assertEquals, assertRejects } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { pythonTest } from "../testing/python.ts";
import { writeNpy } from "./write_npy.ts";

const parts = [Float32Array.of(1, 2, 3), Float32Array.of(4, -5.5, NaN)];

permittedTest(
  "writeNpy() writes NumPy's format 1.0, with the data at a multiple of 64 bytes",
  ["read", "write"],
  async () => {
    const path = await Deno.makeTempFile();
    await writeNpy(path, [2, 3], parts);
    const bytes = await Deno.readFile(path);
    assertEquals([...bytes.subarray(0, 8)], [0x93, ...new TextEncoder().encode("NUMPY"), 1, 0]);
    const length = new DataView(bytes.buffer).getUint16(8, true);
    assertEquals((10 + length) % 64, 0);
    assertEquals(
      new TextDecoder().decode(bytes.subarray(10, 10 + length)).replace(/ *\n$/, ""),
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }",
    );
    assertEquals([...new Float32Array(bytes.slice(10 + length).buffer)], [1, 2, 3, 4, -5.5, NaN]);
    await assertRejects(() => writeNpy(path, [3, 3], parts), TypeError, "6 values do not fill");
    await Deno.remove(path);
  },
);

pythonTest("numpy.load() reads what writeNpy() writes", ["numpy"], async (python) => {
  const path = await Deno.makeTempFile({ suffix: ".npy" });
  await writeNpy(path, [2, 3], parts);
  const program = "import numpy, sys; x = numpy.load(sys.argv[1]); print(x.dtype, x.tolist())";
  assertEquals(
    (await python(program, path)).trim(),
    "float32 [[1.0, 2.0, 3.0], [4.0, -5.5, nan]]",
  );
  await Deno.remove(path);
});
