import type { FolderEntries } from "../read_folder.ts";
import type { Dataset } from "../sample.ts";
import type { FolderOptions } from "../to_dataset.ts";
import { annotatedDataset, type Annotations } from "./annotated.ts";
import { carsFile, readCars } from "./cars.ts";
import { flowersFiles, readFlowers } from "./flowers.ts";
import { inaturalistYear, readInaturalist } from "./inaturalist.ts";

/**
 * A data set whose annotations lie beside its images, as it is published: Flowers-102, Stanford
 * Cars, or iNaturalist 2018 or 2019; `null` for any other folder.
 *
 * @throws {Error} If its annotations cannot be used.
 */
export async function readOfficial(
  folder: string,
  { others }: Pick<FolderEntries, "others">,
  options: FolderOptions,
): Promise<Dataset | null> {
  const annotations = await annotationsOf(folder, others, options);
  return annotations && await annotatedDataset(folder, annotations, options);
}

async function annotationsOf(
  folder: string,
  files: readonly string[],
  { asOriginal = false }: FolderOptions,
): Promise<Annotations | null> {
  if (flowersFiles.every((name) => files.includes(name))) return await readFlowers(folder);
  if (files.includes(carsFile)) return await readCars(folder, { asOriginal });
  const year = inaturalistYear(files);
  return year === null ? null : await readInaturalist(folder, year);
}
