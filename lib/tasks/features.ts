import {
  type CommandLine,
  flagsOnly,
  inputFlags,
  off,
  say,
  shared,
  task,
  userPath,
  type Work,
} from "../cli/mod.ts";

const flags = {
  ...inputFlags,
  out: { ...shared.out, about: "The file to write: *.safetensors" },
  fresh: off("Write over a file that is there"),
} as const;

const manual = {
  name: "features",
  usage: "--checkpoint FILE --out FEATURES.safetensors [--data DIR]",
  about: "Writes the features of every image of both parts of a data set, with their labels.",
  flags,
} as const;

async function prepare({ values, words, wording }: CommandLine<typeof flags>): Promise<Work> {
  flagsOnly(manual.name, words);
  const { checkpoint, data, device, compiler, deterministic, ...request } = values;
  if (checkpoint === undefined) throw new TypeError("features needs --checkpoint FILE");
  if (values.out === undefined) throw new TypeError("features needs --out PATH");
  const out = userPath(values.out);
  const jobs = await import("../jobs/mod.ts");
  const screen = new jobs.StandardError(wording);
  const job = await jobs.prepareFeatures({
    ...{ ...request, out, checkpoint: userPath(checkpoint), data: userPath(data) },
  }, screen);
  return async () => {
    using _ = screen;
    const options = { observer: screen, device, compiler, deterministic };
    const { train, test, width, leftOut } = await jobs.writeFeatures(job, options);
    say(`Wrote ${out}: ${train} + ${test} features of width ${width}`);
    say(jobs.leftOutLine(leftOut).trimEnd());
  };
}

if (import.meta.main) await task(manual, prepare);
