import { messageFields, messages, textOf } from "./protobuf.ts";

/** How long a node of a graph took in one run. */
export type NodeTime = {
  /** As in the graph, except for nodes that TensorFlow has merged or inserted. */
  name: string;
  /**
   * The operation, such as `MatMul`; `_MklMatMul` where oneDNN runs it, `_FusedMatMul` if merged
   * with what follows it.
   */
  kind: string;
  device: string;
  /** When it began, in seconds from the beginning of the run. */
  start: number;
  /** How long it computed. */
  seconds: number;
};

/**
 * The times of all nodes in a serialized `RunMetadata`, in the order in which they began.
 *
 * Source: config.proto (`RunMetadata`), step_stats.proto (`DeviceStepStats`, `NodeExecStats`).
 */
export function nodeTimes(runMetadata: Uint8Array): NodeTime[] {
  const devices = messages(runMetadata, 1).flatMap((stats) => messages(stats, 1));
  const times = devices.flatMap((device) => {
    const [name = new Uint8Array()] = messages(device, 1);
    return messages(device, 2).map((node) => nodeTime(node, textOf(name)));
  }).sort((a, b) => a.start - b.start);
  const first = times[0]?.start ?? 0;
  return times.map((time) => ({ ...time, start: (time.start - first) / 1e6 }));
}

function nodeTime(node: Uint8Array, device: string): NodeTime {
  const values = new Map(messageFields(node));
  const number = (field: number) => (values.get(field) ?? 0) as number;
  const name = textOf(values.get(1)!);
  const label = values.has(8) ? textOf(values.get(8)!) : ""; // such as "MatMul_7 = MatMul(a, b)"
  const begin = number(14) || number(3) * 1000; // nanoseconds
  const end = number(15) || number(4) * 1000;
  return {
    name,
    kind: /= (\w+)\(/.exec(label)?.[1] ?? name,
    device,
    start: number(2) + begin / 1e3, // microseconds since the epoch
    seconds: Math.max(0, end - begin) / 1e9,
  };
}
