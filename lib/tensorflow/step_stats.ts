import { fields, messages, textOf } from "./protobuf.ts";

/** How long a node of a graph took in one run. */
export type NodeTime = {
  /** As in the graph, but for nodes that TensorFlow has merged or put in. */
  name: string;
  /** The operation, such as `MatMul`; `_MklMatMul` where oneDNN does it, `_FusedMatMul` merged with what follows. */
  kind: string;
  device: string;
  /** When it began, from the beginning of the run, and how long it computed: seconds. */
  start: number;
  seconds: number;
};

/**
 * The times of all nodes in a serialized `RunMetadata`, in the order in which they began.
 *
 * Source: config.proto (`RunMetadata`), step_stats.proto (`DeviceStepStats`, `NodeExecStats`).
 */
export function nodeTimes(runMetadata: Uint8Array): NodeTime[] {
  const times = messages(runMetadata, 1).flatMap((stats) => messages(stats, 1)).flatMap((device) =>
    messages(device, 2).map((node) => nodeTime(node, textOf(messages(device, 1)[0])))
  ).sort((a, b) => a.start - b.start);
  const first = times[0]?.start ?? 0;
  return times.map((time) => ({ ...time, start: (time.start - first) / 1e6 }));
}

function nodeTime(node: Uint8Array, device: string): NodeTime {
  const values = new Map(fields(node));
  const number = (field: number) => (values.get(field) ?? 0) as number;
  const name = textOf(values.get(1)!);
  const label = values.has(8) ? textOf(values.get(8)!) : ""; // such as "MatMul_7 = MatMul(a, b)"
  const [begin, end] = [number(14) || number(3) * 1000, number(15) || number(4) * 1000]; // nanoseconds
  return {
    name,
    kind: /= (\w+)\(/.exec(label)?.[1] ?? name,
    device,
    start: number(2) + begin / 1e3, // microseconds of an epoch
    seconds: Math.max(0, end - begin) / 1e9,
  };
}
