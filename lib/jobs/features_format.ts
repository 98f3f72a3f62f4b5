import { escapeControls } from "../images/mod.ts";

/** In what features are written: the ending of their file says it. */
export type FeaturesFormat = "safetensors" | "npy" | "csv";

/** The file that features are written to, and that beside it which says what their rows are. */
export type FeaturesFiles =
  | { format: Exclude<FeaturesFormat, "npy">; path: string; labels?: undefined }
  | { format: "npy"; path: string; labels: string };

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
  if (format === "npy") {
    return { format, path, labels: `${path.slice(0, -ending.length)}.labels.csv` };
  }
  if (format) return { format, path };
  throw new TypeError(
    `Cannot write ${escapeControls(path)}: features are written as ".safetensors", ".npy" or ` +
      `".csv", not as ${escapeControls(ending) || "a file without ending"}`,
  );
}
