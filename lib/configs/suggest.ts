/**
 * The word that is most like a mistyped one, or `undefined` if none is like it: what differs must be
 * less than the whole mistyped word.
 */
export function suggest(word: string, words: readonly string[]): string | undefined {
  const [best] = words
    .map((candidate) => ({ candidate, changes: distance(word, candidate) }))
    .sort((a, b) => a.changes - b.changes);
  const most = Math.min(word.length - 1, Math.max(2, word.length / 3));
  return best && best.changes <= most ? best.candidate : undefined;
}

/** Letters to be inserted, deleted or replaced to make `a` into `b` (Levenshtein). */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1]! + Number(a[i - 1] !== b[j - 1]);
      row.push(Math.min(replaced, above[j]! + 1, row[j - 1]! + 1));
    }
    above = row;
  }
  return above[b.length]!;
}
