/** The libraries of CUDA 12 without which TensorFlow uses no GPU, each with NVIDIA's package. */
const cudaLibraries = {
  "libcudart.so.12": "cuda_runtime",
  "libcublas.so.12": "cublas",
  "libcublasLt.so.12": "cublas",
  "libcufft.so.11": "cufft",
  "libcusolver.so.11": "cusolver",
  "libcusparse.so.12": "cusparse",
  "libcudnn.so.9": "cudnn",
} as const;

/**
 * The libraries of CUDA that cannot be loaded: neither from NVIDIA's packages beside TensorFlow's
 * folder nor from the system.
 */
export function missingCudaLibraries(folder: string): string[] {
  const missing: string[] = [];
  for (const [name, package_] of Object.entries(cudaLibraries)) {
    const places = [`${folder}/../nvidia/${package_}/lib/${name}`, name];
    if (!places.some(opens)) missing.push(name);
  }
  return missing;
}

function opens(path: string): boolean {
  try {
    Deno.dlopen(path, {});
    return true;
  } catch {
    return false;
  }
}
