/** A name from an untrusted file for a sentence. */
export function printable(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}...` : name);
}
