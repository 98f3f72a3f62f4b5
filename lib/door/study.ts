import type { StudyOptions, StudyRequest } from "../study/mod.ts";
import * as studyRoom from "../study/mod.ts";
import { guarded, options } from "./guard.ts";
import { choice, either, integer, number, thing } from "./kind.ts";
import { backend, dataset, file, flag, folder, signal, text } from "./things.ts";

export const { readStudy, study } = guarded(studyRoom, {
  readStudy: { path: file },
  study: {
    "request?": options<StudyRequest>({
      design: thing("a design, such as `granularityDesign`", { cells: "list", preset: "text" }),
      out: folder,
      data: either(folder, dataset),
      levels: file,
      epochs: number(0),
      only: text,
      overrides: thing("an object of fields"),
      backend,
      workers: integer(0),
      cache: folder,
    }),
    "options?": options<StudyOptions>({
      observer: thing("an observer, an object with `tell(line)`", { tell: "function" }),
      signal,
      device: text,
      compiler: choice("graph", "xla"),
      deterministic: flag,
      hours: number(0, 500),
    }),
  },
});
