import { assert, assertEquals, assertMatch } from "@std/assert";
import { kebab } from "./flag.ts";
import { help } from "./help.ts";
import { inputFlags } from "./input_flags.ts";
import { recipeFlags } from "./recipe_flags.ts";

const manual = { name: "evaluate", usage: "", about: "Scores.", flags: inputFlags };

/** The flags that a help lists, without dashes. */
const listed = (text: string) =>
  [...text.matchAll(/^ {2}--(?:\[no-\])?(\S+)/gm)].map(([, name]) => name);

Deno.test("help() lists every flag of a task, also one that has the name of a field", () => {
  assertEquals(listed(help(manual)), Object.keys(inputFlags).map(kebab));
});

Deno.test("help() lists the fields of the configuration once, each with the preset's value", () => {
  for (const args of [["--preset", "cifar"], ["--preset=cifar"]]) {
    const text = help({ ...manual, flags: {}, recipe: true }, args);
    assertEquals(listed(text), Object.keys(recipeFlags("mugs")).map(kebab));
    assertMatch(text, /^ {2}--patch-size N .*\[4\]$/m);
    assertMatch(text, /^ {2}--\[no-\]shared-crops [^-]*\[on\]$/m);
  }
});

Deno.test("help() shows a default once, from the flag", () => {
  const k = { kind: "integer", min: 1, max: 9, default: 3, about: "Neighbors" } as const;
  assertMatch(help({ ...manual, flags: { k } }), /^ {2}--k N {2}Neighbors \(1 to 9\) \[3\]$/m);
});

Deno.test("help() lists what the first word may be", () => {
  const words = { title: "Protocols", abouts: { knn: "Neighbors", linear: "A probe" } };
  const text = help({ ...manual, words });
  assertMatch(text, /^Protocols:\n {2}knn {5}Neighbors\n {2}linear {2}A probe\n/m);
});

Deno.test("help() fits into 80 columns", () => {
  const lines = help({ ...manual, recipe: true }).split("\n");
  assert(lines.every(({ length }) => length <= 80), lines.find(({ length }) => length > 80));
});

Deno.test("help() shows every switch that can be negated so, and no other", () => {
  const flags = {
    baselines: { kind: "switch", default: true, about: "Baselines" },
    exif: { kind: "switch", about: "Turn", otherwise: "as in training" },
    json: { kind: "switch", default: false, about: "JSON" },
  } as const;
  const text = help({ ...manual, flags });
  assertMatch(text, /^ {2}--\[no-\]baselines {2}Baselines \[on\]$/m);
  assertMatch(text, /^ {2}--\[no-\]exif +Turn \[as in training\]$/m);
  assertMatch(text, /^ {2}--json +JSON$/m);
});

Deno.test("help() lists the exit codes that the task can have", () => {
  const codes = (text: string) =>
    [...text.slice(text.indexOf("Exit codes:")).matchAll(/^ {2}(\d+)/gm)].map(([, code]) => code);
  assertEquals(codes(help(manual)), ["0", "1", "2"]);
  assertEquals(codes(help({ ...manual, endings: ["misused", "diverged"] })), ["0", "2", "3"]);
});

Deno.test("help() ends no line of the usage within brackets", () => {
  const usage = "[--data DIR] [--out RUN] [--preset NAME] [--minutes M | --epochs N] [--fresh]";
  for (const line of help({ ...manual, usage }).split("\n\n")[0]!.split("\n")) {
    assertEquals(line.split("[").length, line.split("]").length, line);
  }
});
