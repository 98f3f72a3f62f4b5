/**
 * The inverse of a symmetric positive definite matrix, row after row, by its Cholesky
 * decomposition.
 *
 * @throws {RangeError} If the matrix is not positive definite.
 */
export function inverse(matrix: Float64Array, size: number): Float64Array {
  const root = cholesky(matrix, size);
  const half = inverseOfLower(root, size); // the inverse is its transpose times itself
  const result = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    for (let i = 0; i <= k; i++) {
      const value = half[k * size + i]!;
      if (value === 0) continue;
      for (let j = 0; j <= k; j++) result[i * size + j]! += value * half[k * size + j]!;
    }
  }
  return result;
}

/** The lower triangle L with L Lᵀ = A. */
function cholesky(matrix: Float64Array, size: number): Float64Array {
  const root = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) rest -= root[i * size + k]! * root[j * size + k]!;
      if (i > j) root[i * size + j] = rest / root[j * size + j]!;
      else if (rest > 0) root[i * size + i] = Math.sqrt(rest);
      else throw new RangeError("Cannot invert a matrix that is not positive definite");
    }
  }
  return root;
}

/** The inverse of a lower triangle. */
function inverseOfLower(lower: Float64Array, size: number): Float64Array {
  const result = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const row = result.subarray(i * size, (i + 1) * size);
    row[i] = 1;
    for (let k = 0; k < i; k++) {
      const factor = lower[i * size + k]!;
      for (let j = 0; j <= k; j++) row[j]! -= factor * result[k * size + j]!;
    }
    for (let j = 0; j <= i; j++) row[j]! /= lower[i * size + i]!;
  }
  return result;
}
