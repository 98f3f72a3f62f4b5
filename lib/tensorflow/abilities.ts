import type { Binding } from "./binding.ts";
import { dtypes } from "./dtype.ts";
import { cast, fusedMatMul } from "./fused_mat_mul.ts";
import type { Gpu } from "./machine.ts";
import { silenceStderr } from "./system.ts";

/** The types of element that the factors of a product may have. */
type Factor = "float32" | "bfloat16";

/** What the device that runs operations can do. */
export type Abilities = {
  /** Whether a bias may be added within a matrix product, whatever its sizes. */
  fusesBias: boolean;
  /** Whether GELU may stand within a matrix product, by the type of the factors. */
  fusesGelu: Readonly<Record<Factor, boolean>>;
  /** Whether it has instructions for products of bfloat16 factors. */
  multipliesBfloat16: boolean;
  /** Bytes of a GPU's memory; `null` for the processor, which shares that of the host. */
  memory: number | null;
};

/** The first compute capability with instructions for bfloat16 (Ampere, 2020). */
const firstWithBfloat16 = 8;

/** The memory of a GPU that does not tell it, in bytes. */
const usualMemory = 16 * 2 ** 30;

/**
 * The abilities of an NVIDIA GPU. TensorFlow has kernels for fused products on GPUs, but they fail
 * at some sizes ("No matmul algorithm returned!").
 */
export function gpuAbilities(
  { capability = firstWithBfloat16, memory = usualMemory }: Partial<Gpu> = {},
): Abilities {
  return {
    fusesBias: false,
    fusesGelu: { float32: false, bfloat16: false },
    multipliesBfloat16: capability >= firstWithBfloat16,
    memory,
  };
}

/**
 * What the device in use can do: tried out on a processor.
 *
 * @param gpu The machine's GPU, whether or not TensorFlow uses it.
 */
export function abilitiesOf(binding: Binding, gpu?: Gpu): Abilities {
  if (binding.isUsingGpuDevice()) return gpuAbilities(gpu);
  // oneDNN writes what it lacks, whatever the log level.
  using _quiet = silenceStderr();
  const fusesGelu = {
    float32: fusesGeluIn(binding, "float32"),
    bfloat16: fusesGeluIn(binding, "bfloat16"),
  };
  return { fusesBias: true, fusesGelu, multipliesBfloat16: fusesGelu.bfloat16, memory: null };
}

/**
 * Whether a graph may hold GELU within a product: of TensorFlow's kernels for processors only
 * oneDNN's can do that, and in bfloat16 only on processors with instructions for it.
 */
function fusesGeluIn(binding: Binding, factor: Factor): boolean {
  const { float32, [factor]: type } = dtypes;
  const shapes = [[1, 1], [1, 1], [1]];
  const inputs = shapes.map((shape) => binding.createTensor(shape, float32, new Float32Array(1)));
  const traced = binding.trace(
    `gelu_in_product_${factor}`,
    shapes.map((shape) => ({ shape, dtype: float32 })),
    (parameters) => {
      const factors = parameters.map(({ id }) => cast(binding, id, [float32, type]).id);
      const { id } = fusedMatMul(binding, factors, { type, followers: ["BiasAdd", "GeluExact"] });
      return [cast(binding, id, [type, float32]).id];
    },
  );
  try {
    for (const { id } of binding.call(traced, inputs, "graph")) binding.deleteTensor(id);
    return true;
  } catch {
    return false; // it is refused when the function runs, not when it is made
  } finally {
    binding.remove(traced);
    for (const id of inputs) binding.deleteTensor(id);
  }
}
