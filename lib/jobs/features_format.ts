import { escapeControls } from "../images/mod.ts";

/** In what features are written: the ending of their file says it. */
export type FeaturesFormat = "safetensors" | "npy" | "csv";

/** The files that features are written to, the one that was named first. */
export type FeaturesFiles = { format: FeaturesFormat; paths: string[] };

const formats: readonly FeaturesFormat[] = ["safetensors", "npy", "csv"];

/**
 * The files for features, by the ending of the one that is named: `.safetensors` and `.csv` hold
 * everything; beside `x.npy`, which is an array alone, lies `x.labels.csv` with what its rows are.
 *
 * @throws {TypeError} If it has another ending, such as that of an image of the data.
 */
export function featuresFiles(path: string): FeaturesFiles {
  const ending = /\.[^./\\]*$/.exec(path)?.[0] ?? "";
  const format = formats.find((format) => ending.toLowerCase() === `.${format}`);
  if (format) {
    const labels = `${path.slice(0, path.length - ending.length)}.labels.csv`;
    return { format, paths: format === "npy" ? [path, labels] : [path] };
  }
  throw new TypeError(
    `Cannot write ${escapeControls(path)}: features are written as ".safetensors", ".npy" or ` +
      `".csv", not as ${escapeControls(ending) || "a file without ending"}`,
  );
}
