import { configProto, type RuntimeConfig } from "./config_proto.ts";
import { pack } from "./graph_value.ts";
import type { TensorHandle } from "./handle.ts";
import { bufferBytes, type Library, type Pointer } from "./library.ts";
import { type NodeTime, nodeTimes } from "./step_stats.ts";
import type { Recorded } from "./trace.ts";

export type { NodeTime };

/** `RunOptions { trace_level: FULL_TRACE }` (config.proto). */
const fullTrace = Uint8Array.of(1 << 3, 3);

/**
 * Runs a graph by itself and measures each operation, which calls of functions do not offer: owns
 * one `TF_Session`.
 */
export class Session implements Disposable {
  readonly #session: Pointer;

  constructor(
    readonly library: Library,
    readonly recorded: Recorded,
    config: RuntimeConfig = {},
  ) {
    const { c, status } = library;
    const options = c.TF_NewSessionOptions()!;
    try {
      const proto = configProto(config);
      c.TF_SetConfig(options, proto, BigInt(proto.length), status);
      library.check(() => "Cannot configure a session");
      this.#session = c.TF_NewSession(recorded.graph.pointer, options, status)!;
      library.check(() => "Cannot open a session");
    } finally {
      c.TF_DeleteSessionOptions(options);
    }
  }

  /** Runs the graph on these values of its inputs; its results are discarded. */
  run(values: readonly TensorHandle[]): NodeTime[] {
    const { c, status } = this.library;
    const { inputs, outputs } = this.recorded;
    const inputTensors = new BigUint64Array(inputs.length);
    const outputTensors = new BigUint64Array(outputs.length);
    const options = c.TF_NewBufferFromString(fullTrace, BigInt(fullTrace.length));
    try {
      for (const [i, handle] of values.entries()) {
        const tensor = c.TFE_TensorHandleResolve(handle.pointer, status);
        this.library.check(() => `Cannot read ${handle}`);
        inputTensors[i] = Deno.UnsafePointer.value(tensor);
      }
      return nodeTimes(bufferBytes(this.library, (metadata) => {
        // deno-fmt-ignore: in the lines of the header
        c.TF_SessionRun(
          this.#session, options,
          pack(inputs), inputTensors, inputs.length,
          pack(outputs), outputTensors, outputs.length,
          null, 0,
          metadata, status,
        );
        this.library.check(() => "Cannot profile the graph");
      }));
    } finally {
      for (const address of [...inputTensors, ...outputTensors]) {
        if (address) c.TF_DeleteTensor(Deno.UnsafePointer.create(address));
      }
      c.TF_DeleteBuffer(options);
    }
  }

  [Symbol.dispose](): void {
    this.library.c.TF_CloseSession(this.#session, this.library.status);
    this.library.c.TF_DeleteSession(this.#session, this.library.status);
  }
}
