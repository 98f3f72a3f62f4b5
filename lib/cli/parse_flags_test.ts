import { assertEquals, assertThrows } from "@std/assert";
import { parseFlags } from "./parse_flags.ts";

const flags = {
  data: { kind: "text", placeholder: "DIR", about: "" },
  minutes: { kind: "number", min: 0.1, max: 600, about: "" },
  heads: { kind: "integer", min: 1, max: 64, about: "" },
  warmup: { kind: "span", about: "" },
  scale: { kind: "numbers", count: 2, min: 0, max: 1, about: "" },
  steps: { kind: "integer", min: 1, max: 9, orNone: true, about: "" },
  backend: { kind: "choice", choices: ["tensorflow", "cpu"], about: "" },
  fresh: { kind: "switch", default: true, about: "" },
  keepAll: { kind: "switch", default: false, about: "" },
  k: { kind: "integer", min: 1, max: 9, default: 3, about: "" },
} as const;

Deno.test("parseFlags() reads each kind of flag", () => {
  const line = "knn --data a/b --minutes=2.5 --heads 4 --warmup 10% --scale 0.2,1 --steps none " +
    "--backend cpu --no-fresh --keep-all --k 5";
  const { words, values } = parseFlags(line.split(" "), flags);
  assertEquals(words, ["knn"]);
  assertEquals(values, {
    data: "a/b",
    minutes: 2.5,
    heads: 4,
    warmup: "10%",
    scale: [0.2, 1],
    steps: null,
    backend: "cpu",
    fresh: false,
    keepAll: true,
    k: 5,
  });
});

Deno.test("parseFlags() fills in defaults, and says which flags were given", () => {
  const { values, named } = parseFlags(["--heads", "4"], flags);
  const { heads, k, fresh, keepAll, minutes } = values;
  assertEquals({ heads, k, fresh, keepAll, minutes }, {
    heads: 4,
    k: 3,
    fresh: true,
    keepAll: false,
    minutes: undefined,
  });
  assertEquals([...named], ["heads"]);
});

Deno.test("parseFlags() gives values the types of their flags", () => {
  const { values } = parseFlags([], flags);
  const k: number = values.k;
  const steps: number | null | undefined = values.steps;
  const backend: "tensorflow" | "cpu" | undefined = values.backend;
  // @ts-expect-error A flag without a default may be left out.
  const minutes: number = values.minutes;
  assertEquals([k, steps, backend, minutes], [3, undefined, undefined, undefined]);
});

const refusals: [line: string, message: string][] = [
  ["--mintes 3", "did you mean --minutes?"],
  ["--xyzzy", "--help lists them"],
  ["--keep_all", "did you mean --keep-all?"],
  ["--data-path x", "did you mean --data?"],
  ["--num-workers 4", "half as many threads as there are processors"],
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
];

for (const [line, message] of refusals) {
  Deno.test(`parseFlags() refuses "${line}" in one sentence`, () => {
    assertThrows(() => parseFlags(line.split(" "), flags), Error, message);
  });
}
