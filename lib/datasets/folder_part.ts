import { FileEntry, type ImagePlace } from "./file_image.ts";
import { keptListing } from "./kept_listing.ts";
import { type LeftOutFiles, noteOn } from "./notes.ts";
import { listImages } from "./list_images.ts";
import type { ImageEntry } from "./to_dataset.ts";

/** The images below a part of a folder, such as `train/`. */
export type FolderPart = {
  /** The part's path below the folder, empty or ending in `/`. */
  inner: string;
  /** With the name of their class, the first folder below the part, if there are class folders. */
  images: ImageEntry[];
  /** Whether the first folders below the part are classes. */
  hasClasses: boolean;
  /** Names of classes and of other folders directly below the part. */
  folders: string[];
  archives: string[];
  leftOut: LeftOutFiles;
  /** Sentences on images and folders that are left out. */
  notes: string[];
};

/**
 * The images of one part and their classes. Images beside two or more class folders are left out if
 * they are fewer than those in the folders; else images beside folders mean that folders are no
 * classes.
 *
 * @param inner The part's path below the folder, empty or ending in `/`.
 * @throws {Error} If a folder cannot be read.
 */
export async function folderPart(
  folder: string,
  inner: string,
  { exif, without = [], listings }: {
    exif: boolean;
    /** Where listings of very many images are kept. */
    listings?: string;
    /** Names of folders directly below the part that do not belong to it. */
    without?: readonly string[];
  },
): Promise<FolderPart> {
  const path = `${folder}/${inner}`;
  const listing = listings === undefined
    ? await listImages(path, without)
    : await keptListing(path, without, { folder: listings });
  const { images } = listing;
  const loose = images.filter(({ path }) => !path.includes("/"));
  const names = new Set<string>();
  for (const { path } of images) {
    const name = classOf(path);
    if (name !== null) names.add(name);
  }
  const hasClasses = loose.length === 0 || (names.size > 1 && 2 * loose.length < images.length);
  const members = hasClasses ? images.filter(({ path }) => path.includes("/")) : images;
  const beside = (paths: readonly string[]) => paths.map((path) => inner + path);
  const empty = listing.folders.filter((name) => !names.has(name));
  const place: ImagePlace = { folder, inner, exif };
  return {
    inner,
    hasClasses: hasClasses && names.size > 0,
    images: members.map(({ path, size }) =>
      new FileEntry(place, path, { size, label: hasClasses ? classOf(path) : null })
    ),
    folders: [...names, ...empty],
    archives: beside(listing.archives),
    leftOut: {
      others: beside(listing.others),
      lost: beside(listing.lost),
      undecodable: beside(listing.undecodable),
      system: beside(listing.system),
    },
    notes: hasClasses
      ? [
        ...noteOn(
          beside(loose.map(({ path }) => path)),
          "lies in no class folder and is left out",
          "images in no class folder are left out",
        ),
        ...noteOn(
          beside(empty),
          "is a folder without images and no class",
          "folders without images are no classes",
        ),
      ]
      : [],
  };
}

/** The first folder of a path, `null` where it has none. */
function classOf(path: string): string | null {
  const at = path.indexOf("/");
  return at < 0 ? null : path.slice(0, at);
}
