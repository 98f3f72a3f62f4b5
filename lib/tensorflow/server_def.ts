import { field, message, text, varint } from "./protobuf.ts";

/** The processes of a cluster, and which of them this one is. */
export type ClusterSpec = {
  /** Their addresses, `host:port`, of which the first one leads. */
  workers: readonly string[];
  /** The number of this process among them. */
  index: number;
};

/** How long TensorFlow waits for processes, in seconds. */
export type ClusterLimits = {
  /** Until all of them have come together. */
  start: number;
  /** Without a sign of life of a process, after which it counts as lost. */
  silence: number;
};

const job = "worker";

/**
 * A serialized `ServerDef` (tensorflow/core/protobuf/tensorflow_server.proto) by which a process
 * joins a cluster: its peers, and TensorFlow's coordination service on the first of them, to which
 * every process gives signs of life.
 *
 * @param config A serialized `ConfigProto`.
 */
export function serverDef(
  { workers, index }: ClusterSpec,
  { start, silence }: ClusterLimits,
  config: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const leader = `/job:${job}/replica:0/task:0`;
  const tasks = workers.flatMap((address, task) =>
    message(2, [...field(1, varint(task)), ...text(2, address)])
  );
  const experimental = [
    ...text(1, leader), // collective_group_leader
    ...message(23, [ // coordination_config
      ...text(1, "standalone"), // service_type
      ...text(2, leader), // service_leader
      ...field(4, varint(1000 * start)), // cluster_register_timeout_in_ms
      ...field(5, varint(1000 * silence)), // heartbeat_timeout_in_ms
      ...message(10, [...text(1, job), ...field(2, varint(workers.length))]), // coordinated_job_list
    ]),
  ];
  return new Uint8Array([
    ...message(1, message(1, [...text(1, job), ...tasks])), // cluster
    ...text(2, job), // job_name
    ...field(3, varint(index)), // task_index
    ...message(4, [...config, ...message(16, experimental)]), // default_session_config
    ...text(5, "grpc"), // protocol
  ]);
}
