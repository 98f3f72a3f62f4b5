import * as tf from "@tensorflow/tfjs";
import { attribute } from "./attribute.ts";
import type { TensorFlowBackend } from "./backend_type.ts";
import type { Cluster } from "./cluster.ts";
import { dtypes, typeNumber } from "./dtype.ts";

/** All processes of a cluster are one group. */
const group = 1;

/**
 * The sum over all processes, for which TensorFlow.js has no name. With the attribute `precision`
 * bfloat16, numbers travel rounded and are added so; what comes back is float32 again.
 */
const allReduce = (cluster: Cluster): tf.KernelConfig => ({
  kernelName: "AllReduce",
  backendName: "tensorflow",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x } = inputs as { x: tf.Tensor };
    const type = attrs?.precision === "bfloat16" ? dtypes.bfloat16 : typeNumber(x.dtype);
    const name = "CollectiveReduceV2";
    return collective(backend as TensorFlowBackend, cluster, { name, x, type });
  },
});

/** What is exchanged, as which of TensorFlow's types. */
type Collective = { name: "CollectiveReduceV2"; x: tf.Tensor; type: number };

function collective(
  backend: TensorFlowBackend,
  cluster: Cluster,
  { name, x, type }: Collective,
): tf.Tensor {
  if (!backend.binding.tracing) {
    throw new TypeError(
      "Cannot exchange tensors between processes outside of compile(): they find each other's " +
        "operations by their order within compiled functions",
    );
  }
  return tf.tidy(() => {
    const numbers = [cluster.count, group, cluster.nextOperation()];
    return backend.executeSingleOutput(name, [
      attribute.type("T", type),
      attribute.string("merge_op", "Add"),
      attribute.string("final_op", "Id"),
      attribute.int("Nordering_token", 0),
      attribute.int("max_subdivs_per_device", 4),
      attribute.float("timeout_seconds", cluster.patience),
    ], [x, ...numbers.map((number) => tf.scalar(number, "int32"))]);
  });
}

/** Kernels by which the processes of a cluster exchange tensors. */
export function collectiveKernels(cluster: Cluster): tf.KernelConfig[] {
  return [allReduce(cluster)];
}
