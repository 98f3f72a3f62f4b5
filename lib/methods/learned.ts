/**
 * Tells whether a tensor of a network is learned: the running statistics of batch normalizations
 * are not, nor is the length of the prototypes where it is to stay 1.
 */
export function learned(name: string, { normLastLayer }: { normLastLayer: boolean }): boolean {
  if (isStatistic(name)) return false;
  return !(normLastLayer && name.endsWith("last_layer.weight_g"));
}

/** Tells whether a tensor is a running statistic of a batch normalization, by its name. */
export function isStatistic(name: string): boolean {
  return /\.(running_mean|running_var|num_batches_tracked)$/.test(name);
}
