import { say } from "../cli/mod.ts";
import type { GroupRequest, LaunchedGroup, Observer, SharedJobOptions } from "../jobs/mod.ts";

/** What this process is in a group that shares the work of a task. */
export type Membership = Pick<SharedJobOptions, "cluster"> & {
  /** Whether it writes and prints: the first one, and one that is alone. */
  isFirst: boolean;
  /** Whether it is to start the group, and does no other work. */
  launches: boolean;
  /** Who observes its work: the screen shows the progress of the first process alone. */
  observer(screen: Observer): Observer;
};

/**
 * What this process is among those that a launcher has started, or that it is to start; it ends
 * with the process that started it for a group.
 *
 * @throws {TypeError} If the flags contradict each other, or the launcher.
 */
export async function membershipOf(
  { processes, restarts = 0 }: { processes: number; restarts?: number },
): Promise<Membership> {
  const { clusterIn, followParent } = await import("../jobs/mod.ts");
  followParent();
  const cluster = clusterIn(Deno.env);
  if (restarts > 0 && processes === 1) {
    throw new TypeError(
      "`restarts` needs `processes`: they are begun again, and not what another " +
        "launcher started",
    );
  }
  const launched = cluster?.workers.length;
  if (processes > 1 && launched !== undefined && launched !== processes) {
    throw new TypeError(
      `\`processes\` ${processes} contradicts the launcher, which started ${launched}; leave it out`,
    );
  }
  const isFirst = !cluster || cluster.index === 0;
  return {
    cluster,
    isFirst,
    launches: processes > 1 && !cluster,
    observer: (screen) => isFirst ? screen : { tell: screen.tell.bind(screen) },
  };
}

/** How the processes of a group are started. */
export type GroupWork =
  & Pick<GroupRequest, "count">
  & Partial<Pick<GroupRequest, "restarts" | "args">>
  & {
    /** What a signal does; by default it ends all processes at once. */
    onSignal?: (group: LaunchedGroup) => void;
  };

/** Has processes on this machine share the work of this task, and ends with their exit code. */
export async function workAsGroup(
  {
    count,
    restarts = 0,
    args = () => Promise.resolve(Deno.args),
    onSignal = (group) => group.end(),
  }: GroupWork,
): Promise<never> {
  const { launchGroup } = await import("../jobs/mod.ts");
  const group = launchGroup({ program: Deno.mainModule, args, count, restarts, tell: say });
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(name, () => onSignal(group));
  }
  Deno.exit(await group.ended);
}
