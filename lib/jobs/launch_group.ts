import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { freePorts } from "../tensorflow/mod.ts";
import { endedBefore, gpuFor } from "./group_environment.ts";

/** Processes of one program that share its work. */
export type GroupRequest = {
  /** The address of the program's module. */
  program: string;
  /** Its arguments, which may be others once the work has begun. */
  args: () => Promise<string[]>;
  count: number;
  /** How often, at most, the group begins again after a process was lost. */
  restarts: number;
  /** Takes lines of all processes but the first, which writes by itself, and of the group. */
  tell: (line: string) => void;
};

/** A group that works. */
export type LaunchedGroup = {
  /** The exit code of the group, once all of its processes have ended. */
  ended: Promise<number>;
  /** Has a training end after the step at hand, which is saved; the second time at once. */
  stop(): void;
  /** Ends all processes at once. */
  end(): void;
};

/** Milliseconds in which the others are to notice that a process has ended, and to say so. */
const patience = 10_000;

/** The project's folder, in which the processes find their permissions and their imports. */
const project = decodeURIComponent(new URL("../../", import.meta.url).pathname);

/**
 * Starts processes that share the work of a program on this machine, by the variable `TF_CONFIG` as
 * launchers of TensorFlow do. Where one ends before its time, the others follow, and the group may
 * begin again, on new ports. None of them outlives this process.
 */
export function launchGroup(request: GroupRequest): LaunchedGroup {
  const { restarts, tell } = request;
  let children: ChildProcess[] = [];
  let stops = 0;
  const end = () => {
    stops++;
    for (const child of children) child.kill("SIGKILL");
  };
  const work = async () => {
    for (let left = restarts;; left--) {
      const args = await request.args();
      children = startAll({ ...request, args });
      const codes = await endOf(children, tell);
      if (codes.every((code) => code === 0)) return 0;
      const code = codes.find(endedBefore) ?? 1;
      if (code !== 1 || left === 0 || stops > 0) return stops > 0 ? 130 : code;
      tell(
        `Beginning again, from the last checkpoint if there is one (${
          restarts - left + 1
        } of ${restarts})`,
      );
    }
  };
  return {
    ended: work(),
    stop() {
      if (stops > 0) return end();
      stops++;
      children[0]?.kill("SIGINT"); // the others learn it of the first one
    },
    end,
  };
}

/** Starts the processes, each with a port and, where there are as many, a GPU of its own. */
function startAll(
  { program, args, count, tell }: Omit<GroupRequest, "args"> & { args: string[] },
): ChildProcess[] {
  const worker = freePorts(count).map((port) => `127.0.0.1:${port}`);
  return worker.map((_, index) => {
    const task = { type: "worker", index };
    const child = spawn(Deno.execPath(), ["run", "-q", "-P", program, ...args], {
      cwd: project,
      detached: true, // signals of the terminal reach this process, which passes them on
      stdio: ["ignore", index === 0 ? "inherit" : "ignore", index === 0 ? "inherit" : "pipe"],
      env: {
        ...Deno.env.toObject(),
        TF_CONFIG: JSON.stringify({ cluster: { worker }, task }),
        MUGS_PARENT: String(Deno.pid),
        ...gpuFor(index, count),
      },
    });
    if (child.stderr) {
      createInterface({ input: child.stderr })
        .on("line", (line) => tell(`process ${index + 1}: ${line}`));
    }
    return child;
  });
}

/** The exit codes of all processes; those that do not follow one that failed are killed. */
async function endOf(
  children: readonly ChildProcess[],
  tell: GroupRequest["tell"],
): Promise<number[]> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const killAll = () => {
    for (const child of children) child.kill("SIGKILL");
  };
  const codes = children.map((child, index) =>
    new Promise<number>((resolve) => {
      child.on("error", () => resolve(1));
      child.on("exit", (code, signal) => {
        if (code !== 0) timer ??= setTimeout(killAll, patience);
        const stopped = signal === "SIGINT"; // so Node.js names the exit code 130
        if (signal && !stopped) {
          tell(`process ${index + 1} of ${children.length} was ended by ${signal}`);
        }
        resolve(stopped ? 130 : code ?? 1);
      });
    })
  );
  try {
    return await Promise.all(codes);
  } finally {
    clearTimeout(timer);
  }
}
