import { assertEquals, assertMatch } from "@std/assert";
import { configFlags } from "./config_flags.ts";
import { help } from "./help.ts";
import { subjectFlags } from "../jobs/subject.ts";

const manual = { usage: "evaluate", about: "Scores.", flags: subjectFlags, config: false };

/** The flags of a text of help. */
const listed = (text: string) => [...text.matchAll(/^ {2}--(\S+)/gm)].map(([, name]) => name);

Deno.test("help() lists every flag of a task, also one that is called as a field of the configuration", () => {
  assertEquals(listed(help(manual)), Object.keys(subjectFlags));
});

Deno.test("help() lists the fields of the configuration once, each with the preset's value", () => {
  const text = help({ ...manual, flags: configFlags, config: true }, "cifar");
  assertEquals(listed(text).map((name) => name.replace("[no-]", "")), Object.keys(configFlags));
  assertMatch(text, /^ {2}--patch-size .*\[4\]$/m);
  assertMatch(text, /^ {2}--\[no-\]shared-crops .*\[on\]$/m);
});
