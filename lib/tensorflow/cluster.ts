import type { Library, Pointer } from "./library.ts";
import { type ClusterLimits, type ClusterSpec, serverDef } from "./server_def.ts";

/**
 * Seconds; a process that is lost is noticed by the others within ten. At the start one may still
 * list its images when the others have done so.
 */
const limits: ClusterLimits = { start: 300, silence: 5 };

/** Seconds that an operation waits for its peers; they may be saving, or slow to read images. */
const patience = 600;

/**
 * A process among those that compute together: TensorFlow's own servers, by which collective
 * operations exchange tensors. It lives as long as the context that it was made for.
 */
export class Cluster {
  /** Processes of the cluster. */
  readonly count: number;
  /** The number of this process among them. */
  readonly index: number;
  /** Seconds that a collective operation waits for the other processes. */
  readonly patience: number = patience;
  /** The addresses of the processes. */
  readonly workers: readonly string[];
  #operations = 0;

  /**
   * Joins the cluster, once all of its processes have come.
   *
   * @param context A `TFE_Context*` in which no tensor exists yet.
   * @param config The serialized `ConfigProto` of the context.
   * @throws {Error} If they do not come together.
   */
  constructor(
    readonly library: Library,
    { context, config, ...spec }: ClusterSpec & { context: Pointer; config: Uint8Array },
  ) {
    const { c, status } = library;
    const { workers, index } = spec;
    this.workers = workers;
    this.count = workers.length;
    this.index = index;
    const server = serverDef(spec, limits, config);
    c.TFE_EnableCollectiveOps(context, server, BigInt(server.length), status);
    library.check(() =>
      `Cannot join ${workers.join(", ")} as process ${index + 1} of ${workers.length}`
    );
    // From now on it writes to stderr whatever goes wrong between processes, which errors tell.
    library.quiet();
  }

  /**
   * A number for a collective operation, by which the processes find each other's: they record the
   * same operations in the same order.
   */
  nextOperation(): number {
    return ++this.#operations;
  }
}
