import type { BackendOptions, CompileOptions } from "../compile/mod.ts";
import * as compileRoom from "../compile/mod.ts";
import { guarded, options } from "./guard.ts";
import { choice, integer, kind, plain } from "./kind.ts";
import { callback, cluster, flag, numbers, precision, text } from "./things.ts";

const executor = choice("graph", "xla");

const backendOptions = options<BackendOptions>({
  device: text,
  compiler: executor,
  deterministic: flag,
  intraOpThreads: integer(0),
  interOpThreads: integer(0),
  cluster,
  log: callback,
  compiling: callback,
});

export const { compile, explain, use, useFastest } = guarded(compileRoom, {
  compile: {
    f: callback,
    "options?": options<CompileOptions>({ executor, precision, held: numbers, name: text }),
  },
  explain: {
    compiled: kind(
      "a function that `compile` made",
      (value) => typeof value === "function" && "traces" in value,
    ),
  },
  use: {
    backend: plain("text", "the name of a backend, such as `tensorflow`"),
    "options?": backendOptions,
  },
  useFastest: { "options?": backendOptions },
});
