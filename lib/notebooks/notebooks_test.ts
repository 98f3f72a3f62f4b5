import { assertEquals } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { notebookNames } from "./check.ts";
import { readNotebook } from "./document.ts";
import { projectFolder } from "./environment.ts";
import { typeFaults } from "./execute.ts";
import { textFaults } from "./faults.ts";
import { formatFaults } from "./format.ts";

const notebooks = async () =>
  await Promise.all(
    (await notebookNames()).map((name) => readNotebook(`${projectFolder}/notebooks/${name}.ipynb`)),
  );

permittedTest("the cells of the notebooks are short and formatted", ["read", "run"], async () => {
  for (const notebook of await notebooks()) {
    assertEquals([...textFaults(notebook), ...await formatFaults(notebook)], []);
  }
});

permittedTest(
  "the cells of the notebooks are of correct types",
  ["read", "write", "run"],
  async () => {
    assertEquals(await typeFaults(await notebooks()), null);
  },
);
