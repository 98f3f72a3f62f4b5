/** Settings of TensorFlow's runtime. */
export type RuntimeConfig = {
  /** Threads that one operation may use; 0 lets TensorFlow choose (all cores). */
  intraOpThreads?: number;
  /** Operations that may run at the same time; 0 lets TensorFlow choose. */
  interOpThreads?: number;
};

/** A serialized `ConfigProto` (tensorflow/core/protobuf/config.proto). */
export function configProto(
  { intraOpThreads = 0, interOpThreads = 0 }: RuntimeConfig = {},
): Uint8Array<ArrayBuffer> {
  return new Uint8Array([
    ...field(2, varint(intraOpThreads)), // intra_op_parallelism_threads
    ...field(5, varint(interOpThreads)), // inter_op_parallelism_threads
    ...message(6, field(4, [1])), // gpu_options { allow_growth: true }
  ]);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  while (value > 127) {
    bytes.push(value & 127 | 128);
    value = Math.floor(value / 128);
  }
  return [...bytes, value];
}

function field(number: number, value: number[]): number[] {
  return [...varint(number << 3), ...value];
}

function message(number: number, content: number[]): number[] {
  return [...varint(number << 3 | 2), ...varint(content.length), ...content];
}
