import { portion } from "../datasets/mod.ts";
import { describeBackbone } from "../models/mod.ts";
import { measuredRows, type Row } from "../report/mod.ts";
import { digest, finishRun, readResult, type Run, runsFolder } from "../runs/mod.ts";
import { leaveOut } from "./leave_out.ts";
import { type JobOptions, silent } from "./observer.ts";
import type { MethodsJob } from "./prepare_methods.ts";
import type { TableJob } from "./prepare_table.ts";
import { runTable, settleBackend, type TableResult } from "./run_table.ts";
import { scoreNetworks } from "./score_networks.ts";
import { beginJoint } from "./seed_plan.ts";
import { startBackend } from "./start_backend.ts";
import { documents, tableText } from "./table_result.ts";

/**
 * Trains and scores methods, one after the other, and sets them beside the paper's table: at each
 * level the methods, then one network before training for each backbone, then pixels and colors.
 * What is finished is used again, what is unfinished is continued.
 *
 * @throws {Interrupted} If it was stopped while a method trained.
 */
export async function runMethods(
  job: MethodsJob,
  { observer = silent, ...options }: JobOptions = {},
): Promise<TableResult> {
  const tables: TableJob[] = [];
  for (const table of job.tables) tables.push(await settleBackend(table, { observer, ...options }));
  const joint = await jointOf(job, tables);
  await beginJoint(joint, tables.flatMap(({ seeds }) => seeds), {
    methods: tables.map(({ config }) => config),
  });
  const stored = job.fresh ? null : await readResult<{ rows: Row[] }>(joint);
  // Before training, since they find an image that cannot be read.
  const plain = stored
    ? stored.rows.filter(({ kind }) => kind === "plain")
    : await plainRows(tables[0]!, { observer, ...options });
  const results: TableResult[] = [];
  for (const [i, table] of tables.entries()) {
    observer.tell(`${i + 1} of ${tables.length}: ${table.config.method}, ${table.config.preset}`);
    results.push(await runTable(table, { observer, ...options }));
  }
  const measured = inOrder([...results.flatMap(({ measured }) => measured), ...plain]);
  const seeds = results.flatMap(({ seeds }) => seeds);
  const { leftOut, scoredOn } = results[0]!;
  const remarks = { leftOut, scoredOn, curve: [], costs: true };
  await finishRun(joint, { rows: measured, leftOut, scoredOn }, await documents(measured, remarks));
  const text = tableText(measured, remarks);
  return { measured, leftOut, scoredOn, folder: joint.path, seeds, text };
}

/** The folder of all, named after the runs of which it consists. */
async function jointOf({ out, data }: MethodsJob, tables: readonly TableJob[]): Promise<Run> {
  const keys = tables.flatMap(({ seeds }) => seeds.map(({ run }) => run.key));
  const key = (await digest(keys.join())).slice(0, 12);
  return { path: out ?? `${runsFolder}/methods-${data.name}-${key}`, key };
}

/** What needs no network: pixels and colors. */
async function plainRows(
  { data: whole, config, protocol, backend, skipBad, maxBad, on }: TableJob,
  { observer = silent, signal: _, ...computing }: JobOptions,
): Promise<Row[]> {
  await startBackend(on ? null : backend, { observer, ...computing });
  const { data } = await leaveOut(whole, { skipBad, observer, maxBad });
  const scored = portion(data, protocol.images ?? null);
  const scores = await scoreNetworks(scored, [], { config, protocol, backend, observer });
  return measuredRows(scores, {
    ...{ data: data.name, config, trained: null, network: describeBackbone(config) },
    levels: Object.keys(data.classes).length,
  });
}

/** What was scored, in the order of the table. */
const kinds: readonly Row["kind"][] = ["trained", "untrained", "plain"];

/**
 * Rows level by level, and within a level by kind; of networks before training only the first of
 * each backbone and seed.
 */
function inOrder(rows: readonly Row[]): Row[] {
  const levels = [...new Set(rows.map(({ level }) => level))];
  const untrained = new Set<string>();
  const first = rows.filter(({ kind, arch, seed, level }) => {
    if (kind !== "untrained") return true;
    const name = [arch, seed, level].join("\n");
    return !untrained.has(name) && untrained.add(name);
  });
  return levels.flatMap((level) =>
    kinds.flatMap((kind) => first.filter((row) => row.level === level && row.kind === kind))
  );
}
