import { assertEquals, assertThrows } from "@std/assert";
import { type Flags, parse } from "./flags.ts";

const flags: Flags = {
  data: { kind: "text", placeholder: "DIR", about: "" },
  minutes: { kind: "number", min: 0.1, max: 600, about: "" },
  heads: { kind: "integer", min: 1, max: 64, about: "" },
  warmup: { kind: "span", about: "" },
  scale: { kind: "numbers", count: 2, min: 0, max: 1, about: "" },
  steps: { kind: "integer", min: 1, max: 9, orNone: true, about: "" },
  backend: { kind: "choice", choices: ["tensorflow", "cpu"], about: "" },
  fresh: { kind: "switch", about: "" },
};

Deno.test("parse() reads each kind of flag", () => {
  const line = "knn --data a/b --minutes=2.5 --heads 4 --warmup 10% --scale 0.2,1 --steps none " +
    "--backend cpu --no-fresh";
  assertEquals(parse(line.split(" "), flags), {
    words: ["knn"],
    values: {
      data: "a/b",
      minutes: 2.5,
      heads: 4,
      warmup: "10%",
      scale: [0.2, 1],
      steps: null,
      backend: "cpu",
      fresh: false,
    },
  });
});

for (
  const [line, message] of [
    ["--mintes 3", "did you mean --minutes?"],
    ["--xyzzy", "--help lists them"],
    ["--minutes", "--minutes needs a value"],
    ["--minutes --fresh", "--minutes needs a value"],
    ["--data", "--data needs a value"],
    ["--minutes -3", 'a number from 0.1 to 600, not "-3"'],
    ["--minutes 1e9", 'not "1e9"'],
    ["--minutes ten", 'not "ten"'],
    ["--heads 1.5", "an integer from 1 to 64"],
    ["--warmup 200%", 'not "200%"'],
    ["--scale 1", "2 numbers from 0 to 1"],
    ["--backend gpu", "one of tensorflow, cpu"],
    ["--fresh=maybe", "takes no value"],
  ]
) {
  Deno.test(`parse() refuses "${line}" in one sentence`, () => {
    assertThrows(() => parse(line.split(" "), flags), Error, message);
  });
}
