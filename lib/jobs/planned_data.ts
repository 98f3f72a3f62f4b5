import { type Dataset, granules, type GranulesOptions } from "../datasets/mod.ts";

/** Images of a planned run, as plain data: a folder, or granules; `null` for the usual ones. */
export type PlannedData = string | GranulesOptions | null;

/** What a job takes to be the images: a folder by its path, or granules. */
export function dataIn(data: PlannedData): string | Dataset | undefined {
  return data !== null && typeof data === "object" ? granules(data) : data ?? undefined;
}

/** The same with the folder's own path, so that equal images lead to the same run. */
export async function settledData(data: PlannedData): Promise<PlannedData> {
  return typeof data === "string" ? await Deno.realPath(data).catch(() => data) : data;
}

/** A short name of the images, for the name of a run's folder. */
export function nameIn(data: PlannedData): string {
  if (typeof data === "string") return data.split(/[\\/]/).findLast(Boolean) ?? "images";
  return data?.minerals === "rare" ? "rare-granules" : "granules";
}
