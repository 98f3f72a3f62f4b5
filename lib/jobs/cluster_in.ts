import type { ClusterSpec } from "../tensorflow/mod.ts";

/** The first port of the processes that SLURM starts, as of TensorFlow's own resolver. */
const slurmPort = 8888;

/**
 * The processes among which a launcher has started this one: by `TF_CONFIG`, as TensorFlow's own
 * launchers set it, or by the variables of a step of SLURM. `undefined` where it is alone.
 *
 * Source: the guide "Distributed training with TensorFlow", section TF_CONFIG; and
 * `SlurmClusterResolver`, whose ports are taken.
 *
 * @throws {TypeError} If `TF_CONFIG` makes no sense.
 */
export function clusterIn(environment: Pick<Deno.Env, "get">): ClusterSpec | undefined {
  const config = environment.get("TF_CONFIG");
  const cluster = config ? fromTfConfig(config) : fromSlurm(environment);
  return cluster && cluster.workers.length > 1 ? cluster : undefined;
}

function fromTfConfig(text: string): ClusterSpec | undefined {
  const { cluster, task } = parsed(text);
  if (!cluster) return undefined;
  const { chief = [], worker = [] } = cluster;
  const workers = [...chief, ...worker];
  const index = task?.type === "chief" ? 0 : chief.length + Number(task?.index ?? NaN);
  const isKnown = task?.type === "chief" || task?.type === "worker";
  if (isKnown && workers[index] !== undefined) return { workers, index };
  throw new TypeError(
    `Cannot join the processes of TF_CONFIG: its task is ${JSON.stringify(task)}, and it names ` +
      `${workers.length} workers`,
  );
}

type TfConfig = {
  cluster?: { chief?: string[]; worker?: string[] };
  task?: { type?: string; index?: number };
};

function parsed(text: string): TfConfig {
  try {
    return JSON.parse(text);
  } catch {
    throw new TypeError("Cannot read TF_CONFIG: it is no JSON");
  }
}

/** From what `srun` sets; the script of a batch is no step, and alone. */
function fromSlurm(environment: Pick<Deno.Env, "get">): ClusterSpec | undefined {
  const get = (name: string) => environment.get(`SLURM_${name}`);
  const hosts = get("STEP_NODELIST"), tasks = get("STEP_TASKS_PER_NODE"), index = get("PROCID");
  if (!get("STEP_NUM_TASKS") || !hosts || !tasks || index === undefined) return undefined;
  const counts = repeated(tasks);
  const workers = hostsIn(hosts).flatMap((host, node) =>
    Array.from({ length: counts[node] ?? 1 }, (_, i) => `${host}:${slurmPort + i}`)
  );
  return { workers, index: Number(index) };
}

/** `4(x2),3` as 4, 4, 3. */
function repeated(text: string): number[] {
  return text.split(",").flatMap((part) => {
    const [, count, times = "1"] = /^(\d+)(?:\(x(\d+)\))?$/.exec(part) ?? [];
    return Array<number>(Number(times)).fill(Number(count));
  });
}

/** `n[01-02,7],m` as n01, n02, n7, m. */
function hostsIn(text: string): string[] {
  return [...text.matchAll(/([^,[\]]+)(?:\[([^\]]+)\])?/g)].flatMap(([, name = "", ranges]) => {
    if (ranges === undefined) return [name];
    return ranges.split(",").flatMap((range) => {
      const [first = "", last = first] = range.split("-");
      const count = Number(last) - Number(first) + 1;
      return Array.from(
        { length: count },
        (_, i) => name + String(Number(first) + i).padStart(first.length, "0"),
      );
    });
  });
}
