import {
  type CommandLine,
  flagsOnly,
  inputFlags,
  off,
  printJson,
  say,
  shared,
  task,
  userPath,
  type Work,
} from "../cli/mod.ts";
import { escapeControls } from "../images/mod.ts";
import { membershipOf, workAsGroup } from "./group.ts";
import { provenance } from "./evaluate/score_lines.ts";

const flags = {
  ...inputFlags,
  out: { ...shared.out, about: "The file to write: *.safetensors, *.npy or *.csv" },
  fresh: off("Write over a file that is there"),
  json: shared.json,
} as const;

const manual = {
  name: "features",
  usage: "--checkpoint FILE --out FILE [--data DIR] [--json]",
  about:
    "Writes the features of every image of both parts of a data set, with their paths and labels. " +
    "The ending of the file says how: .safetensors and .csv hold everything; beside x.npy, an " +
    "array of float32, lies x.labels.csv, which says what its rows are.",
  flags,
} as const;

async function prepare({ values, words, wording }: CommandLine<typeof flags>): Promise<Work> {
  flagsOnly(manual.name, words);
  const { checkpoint, data, device, compiler, deterministic, json, processes, ...request } = values;
  if (checkpoint === undefined) throw new TypeError("features needs --checkpoint FILE");
  if (values.out === undefined) throw new TypeError("features needs --out PATH");
  const out = userPath(values.out);
  const jobs = await import("../jobs/mod.ts");
  const screen = new jobs.StandardError(wording);
  const { cluster, isFirst, launches, ...membership } = await membershipOf({ processes });
  const observer = membership.observer(screen);
  const job = await jobs.prepareFeatures({
    ...{ ...request, out, checkpoint: userPath(checkpoint), data: userPath(data) },
  }, observer);
  if (processes > 1) jobs.checkExchange(request.backend);
  if (launches) return () => workAsGroup({ count: processes });
  return async () => {
    using _ = screen;
    const options = { observer, cluster, device, compiler, deterministic };
    const { files, ...counts } = await jobs.writeFeatures(job, options);
    if (!isFirst) return;
    const { train, test, width, leftOut } = counts;
    if (json) printJson({ files, ...provenance(job, leftOut), ...counts });
    const names = files.map(escapeControls).join(" and ");
    say(`Wrote ${names}: ${train} + ${test} features of width ${width}`);
    if (leftOut.train + leftOut.test > 0) say(jobs.leftOutLine(leftOut).trimEnd());
  };
}

if (import.meta.main) await task(manual, prepare);
