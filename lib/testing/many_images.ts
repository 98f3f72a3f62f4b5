/** Prints the bytes that each image of a large data set takes; V8 has to offer `gc`. */
import { FileEntry } from "../datasets/file_image.ts";

const { gc } = globalThis as unknown as { gc(): void };
const count = 200_000;

function heap(): number {
  gc();
  return Deno.memoryUsage().heapUsed;
}

const place = { folder: "imagenet", inner: "train/", exif: false };
const labels = Array.from({ length: 1000 }, (_, i) => ({ class: i }));
const before = heap();
const samples = Array.from({ length: count }, (_, i) => {
  const name = `n${String(i % 1000).padStart(8, "0")}`;
  const path = new TextDecoder().decode(new TextEncoder().encode(`${name}/${name}_${i}.JPEG`));
  return new FileEntry(place, path, { label: name, size: i }).labeled(labels[i % 1000]!);
});
const bytes = (heap() - before) / samples.length;
console.log(JSON.stringify({ bytes, last: samples.at(-1)!.id }));
