/**
 * Tells whether a tensor of a network is learned: the running statistics of batch normalizations
 * are not, nor is the length of the prototypes where it is to stay 1.
 */
export function learned(name: string, { normLastLayer }: { normLastLayer: boolean }): boolean {
  if (/\.(running_mean|running_var|num_batches_tracked)$/.test(name)) return false;
  return !(normLastLayer && name.endsWith("last_layer.weight_g"));
}
