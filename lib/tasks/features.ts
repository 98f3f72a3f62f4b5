import type { Features } from "../protocols/mod.ts";
import { common, flagsOnly, type Given, say, task } from "../cli/mod.ts";
import {
  checkFolderOf,
  complete,
  extractParts,
  leaveOut,
  leftOutLine,
  openSubject,
  startBackend,
  type Subject,
  subjectFlags,
  toEncoder,
  userPath,
} from "../jobs/mod.ts";

const manual = {
  usage: "features --checkpoint FILE --out F.safetensors [--data DIR]",
  about:
    "Writes the teacher's class token of every image of both parts of a data set, with their labels.",
  flags: { ...subjectFlags, out: common.out },
  config: false,
} as const;

type Options = Subject & { out: string };

async function prepare({ words, values }: Given): Promise<Options> {
  flagsOnly("features", words);
  for (const name of ["checkpoint", "out"] as const) {
    if (!values[name]) {
      throw new TypeError(`features needs --${name} ${manual.flags[name].placeholder}`);
    }
  }
  const subject = await openSubject(values, { scored: false });
  const out = userPath(values.out as string);
  await checkFolderOf(out);
  if ((await Deno.stat(out).catch(() => null))?.isDirectory) {
    throw new Error(`Cannot write ${out}: it is a folder; name a file in it`);
  }
  return { ...subject, out };
}

async function run(options: Options): Promise<void> {
  const { weights, config, out, backend, skipBad } = options;
  const { data, leftOut } = skipBad
    ? await leaveOut(options.data)
    : { data: options.data, leftOut: complete };
  const { writeSafetensors } = await import("../checkpoint/mod.ts");
  await startBackend(backend);
  const precision = config.evalPrecision;
  using encoder = await toEncoder(weights, { name: weights.path, precision });
  const pair = await extractParts(data, encoder, config);
  const tensors = { ...stored("train", pair.train), ...(pair.test && stored("test", pair.test)) };
  await writeSafetensors(out, tensors, {
    format: "mugs-features/1",
    checkpoint: weights.fingerprint,
    data: data.fingerprint,
    classes: JSON.stringify(data.classes),
    config: JSON.stringify(config),
    ids: JSON.stringify({ train: data.train.map((s) => s.id), test: data.test.map((s) => s.id) }),
  });
  say(
    `Wrote ${out}: ${data.train.length} + ${data.test.length} features of width ${
      pair.train.x.shape[1]
    }\n${leftOutLine(leftOut)}`.trim(),
  );
}

/** `<part>.features` and `<part>.labels.<level>`. */
function stored(part: string, { x, labels }: Features) {
  return {
    [`${part}.features`]: {
      dtype: "F32" as const,
      shape: x.shape,
      data: x.dataSync() as Float32Array,
    },
    ...Object.fromEntries(
      Object.entries(labels).map(([level, labels]) => [
        `${part}.labels.${level}`,
        { dtype: "I32" as const, shape: labels.shape, data: labels.dataSync() as Int32Array },
      ]),
    ),
  };
}

if (import.meta.main) await task(manual, prepare, run);
