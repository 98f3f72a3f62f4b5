/** At most `count` of the indices below `length`, at equal distances from each other. */
export function evenlySpaced(count: number, length: number): number[] {
  const size = Math.min(count, length);
  return Array.from({ length: size }, (_, i) => Math.floor((i + 0.5) * length / size));
}
