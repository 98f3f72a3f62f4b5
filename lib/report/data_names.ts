/** Whether two names are of the same data, whatever their case and punctuation. */
export function sameData(a: string, b: string): boolean {
  return canonical(a) === canonical(b);
}

/** The letters and digits of a name of data, and one name for all of ImageNet-1K's. */
function canonical(name: string): string {
  const letters = name.toLowerCase().replace(/[^a-z0-9]/g, "");
  return /^(imagenet(1k)?|ilsvrc(2012)?)$/.test(letters) ? "imagenet1k" : letters;
}
