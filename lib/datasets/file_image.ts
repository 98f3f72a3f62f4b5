import { HEAD_BYTES, type Image } from "../images/mod.ts";
import { type ImageFile, readImage } from "./image_file.ts";
import type { Sample } from "./sample.ts";
import { readHead } from "./slice.ts";
import type { ImageEntry } from "./to_dataset.ts";

/** What the images of a part of a folder have in common. */
export type ImagePlace = {
  /** The folder of the data set. */
  folder: string;
  /** The part's path below it, empty or ending in `/`. */
  inner: string;
  exif: boolean;
};

/** An image file. It holds little but its path, since a data set may have more than a million. */
abstract class FileImage {
  readonly #place: ImagePlace;

  /** @param path Its path below the part. */
  constructor(place: ImagePlace, readonly path: string) {
    this.#place = place;
  }

  get id(): string {
    return this.#place.inner + this.path;
  }

  get file(): ImageFile {
    const { folder, inner, exif } = this.#place;
    return { path: `${folder}/${inner}${this.path}`, exif };
  }

  get read(): () => Promise<Image> {
    return () => readImage(this.file);
  }

  get head(): () => Promise<Uint8Array> {
    return () => readHead(this.file.path, HEAD_BYTES);
  }

  /** The same image with its labels. */
  labeled(labels: Sample["labels"]): Sample {
    return new FileSample(this.#place, this.path, labels);
  }
}

/** An image file with the name of its class. */
export class FileEntry extends FileImage implements ImageEntry {
  /** @param facts `label`: the name of its class; `size`: its bytes. */
  constructor(
    place: ImagePlace,
    path: string,
    { label, size }: Pick<ImageEntry, "label" | "size">,
  ) {
    super(place, path);
    this.label = label;
    this.size = size;
  }

  readonly label: string | null;
  readonly size: number;
}

/** An image file of a data set. */
class FileSample extends FileImage implements Sample {
  constructor(place: ImagePlace, path: string, readonly labels: Sample["labels"]) {
    super(place, path);
  }
}
