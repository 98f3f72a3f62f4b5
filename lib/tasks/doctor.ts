import {
  type CommandLine,
  flagsOnly,
  print,
  printJson,
  shared,
  task,
  type Work,
} from "../cli/mod.ts";

const flags = { json: shared.json } as const;

const manual = {
  name: "doctor",
  usage: "[--json]",
  about:
    "Looks at this machine, and says what is missing and what to do about it. Fetches nothing.",
  flags,
} as const;

function prepare({ values: { json }, words }: CommandLine<typeof flags>): Work {
  flagsOnly(manual.name, words);
  return async () => {
    const { diagnoseMachine, diagnosisText, examineMachine } = await import("../jobs/mod.ts");
    const facts = await examineMachine();
    const diagnosis = diagnoseMachine(facts);
    if (json) printJson({ ...diagnosis, facts });
    else print(diagnosisText(diagnosis));
    if (!diagnosis.backend) throw new Error("Training cannot run on this machine: see above");
  };
}

if (import.meta.main) await task(manual, prepare);
