import * as tf from "@tensorflow/tfjs";
import { attribute } from "./attribute.ts";
import type { TensorFlowBackend } from "./backend_type.ts";
import type { Cluster } from "./cluster.ts";
import { typeNumber } from "./dtype.ts";

/** All processes of a cluster are one group. */
const group = 1;

/** The sum over all processes, for which TensorFlow.js has no name. */
const allReduce = (cluster: Cluster): tf.KernelConfig => ({
  kernelName: "AllReduce",
  backendName: "tensorflow",
  kernelFunc: ({ inputs, backend }) => {
    const { x } = inputs as { x: tf.Tensor };
    return collective(backend as TensorFlowBackend, cluster, { name: "CollectiveReduceV2", x });
  },
});

type Collective = { name: "CollectiveReduceV2"; x: tf.Tensor };

function collective(
  backend: TensorFlowBackend,
  cluster: Cluster,
  { name, x }: Collective,
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
      attribute.type("T", typeNumber(x.dtype)),
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
