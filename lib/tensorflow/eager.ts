import { type Attribute, eagerSetter, setAttributes } from "./attribute.ts";
import { Cluster } from "./cluster.ts";
import { configProto, type RuntimeConfig } from "./config_proto.ts";
import { deviceName } from "./device.ts";
import { dtypes } from "./dtype.ts";
import { TensorHandle } from "./handle.ts";
import { explainLoss } from "./lost_process.ts";
import { cString, type Library, type Pointer, textAt } from "./library.ts";

/** Runs operations at once: owns one `TFE_Context`. */
export class Eager implements Disposable {
  /** The `TFE_Context*`. */
  readonly context: Pointer;
  /** The processes with which this one computes, if it is not alone. */
  readonly cluster: Cluster | null;
  /** The name of the device if it has a memory of its own. */
  readonly #device: string | null;

  constructor(readonly library: Library, config: RuntimeConfig = {}) {
    this.#device = deviceName(config.device ?? "cpu", config.cluster);
    const { c, status } = library;
    const options = c.TFE_NewContextOptions()!;
    try {
      const proto = configProto(config);
      c.TFE_ContextOptionsSetConfig(options, proto, BigInt(proto.length), status);
      library.check(() => "Cannot configure TensorFlow");
      this.context = c.TFE_NewContext(options, status)!;
      library.check(() => "Cannot start TensorFlow");
      const { cluster } = config;
      this.cluster = cluster
        ? new Cluster(library, { ...cluster, context: this.context, config: proto })
        : null;
    } finally {
      c.TFE_DeleteContextOptions(options);
    }
  }

  /** The kinds of the devices that TensorFlow sees: `CPU`, `GPU`. */
  get devices(): string[] {
    const { c, status } = this.library;
    const list = c.TFE_ContextListDevices(this.context, status);
    this.library.check(() => "Cannot list the devices");
    try {
      return Array.from(
        { length: c.TF_DeviceListCount(list) },
        (_, i) => textAt(c.TF_DeviceListType(list, i, status)),
      );
    } finally {
      c.TF_DeleteDeviceList(list);
    }
  }

  /**
   * Copies values into a new tensor in the device's memory, where operations look for them: each
   * would otherwise copy them again. TensorFlow expects whole numbers of 32 bits in the host's
   * memory, most of which are shapes, axes and indices.
   */
  createTensor(shape: number[], dtype: number, values: ArrayLike<unknown>): TensorHandle {
    const handle = TensorHandle.from(this.library, shape, dtype, values);
    if (!this.#device || dtype === dtypes.int32) return handle;
    using host = handle;
    const { c, status } = this.library;
    const name = cString(this.#device);
    const pointer = c.TFE_TensorHandleCopyToDevice(host.pointer, this.context, name, status);
    this.library.check(() => `Cannot copy ${host} to ${this.#device}`);
    return new TensorHandle(this.library, pointer!, shape, dtype);
  }

  /**
   * Runs one operation or one function.
   *
   * @throws {LostProcess} If a process is lost with which it computes.
   * @throws {Error} Naming the operation, the types and shapes of its inputs, and TensorFlow's
   * reason.
   */
  execute(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly TensorHandle[],
    outputs: number,
  ): Pointer[] {
    try {
      return this.#run(name, attributes, inputs, outputs);
    } catch (error) {
      throw this.cluster ? explainLoss(error, this.cluster) : error;
    }
  }

  #run(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly TensorHandle[],
    outputs: number,
  ): Pointer[] {
    const { c, status } = this.library;
    const attempt = () => `Cannot run ${name}(${listed(inputs)})`;
    const op = c.TFE_NewOp(this.context, cString(name), status);
    this.library.check(attempt);
    try {
      if (this.#device) c.TFE_OpSetDevice(op, cString(this.#device), status);
      setAttributes(eagerSetter(this.library, op!), attributes);
      for (const input of inputs) c.TFE_OpAddInput(op, input.pointer, status);
      this.library.check(attempt);
      const results = new BigUint64Array(outputs);
      c.TFE_Execute(op, results, Int32Array.of(outputs), status);
      this.library.check(attempt);
      return Array.from(results, (address) => Deno.UnsafePointer.create(address)!);
    } finally {
      c.TFE_DeleteOp(op);
    }
  }

  [Symbol.dispose](): void {
    this.library.c.TFE_DeleteContext(this.context);
  }
}

/** The first few inputs for a message: a compiled step has hundreds. */
function listed(inputs: readonly TensorHandle[]): string {
  if (inputs.length <= 8) return inputs.join(", ");
  return `${inputs.slice(0, 6).join(", ")} and ${inputs.length - 6} more`;
}
