import { escapeControls } from "../images/mod.ts";
import { type DecodedImage, keyOfFile, openDecoded } from "./decoded_files.ts";
import type { ImageFile } from "./image_file.ts";
import type { Piece, PieceOutcome, PieceSource } from "./piece.ts";

/** Knows which images lie decoded in a folder, and has more of them kept there. */
export class DecodedStore {
  #writes = true;

  private constructor(
    readonly folder: string,
    readonly images: Map<string, DecodedImage>,
    readonly tell: (line: string) => void,
  ) {}

  /**
   * Opens a folder; it is created if need be.
   *
   * @param tell Receives a sentence if no more images can be kept.
   * @throws {Error} If the folder cannot be created or read.
   */
  static async open(
    folder: string,
    tell: (line: string) => void = () => {},
  ): Promise<DecodedStore> {
    return new DecodedStore(folder, await openDecoded(folder), tell);
  }

  /** What threads must know of the folder. */
  get forThreads(): Piece["decodedFolder"] {
    return { path: this.folder, writes: this.#writes };
  }

  /** A file, with the place of its decoded image if there is one. */
  locate(file: ImageFile): PieceSource {
    const decoded = this.images.get(keyOfFile(file));
    return decoded ? { ...file, decoded } : file;
  }

  /** Takes in what a thread has written, or why it could not. */
  note({ decoded, unwritten }: PieceOutcome[number]): void {
    if (decoded) this.images.set(decoded.key, decoded);
    if (unwritten === undefined || !this.#writes) return;
    this.#writes = false;
    this.tell(
      `Cannot keep more decoded images in ${escapeControls(this.folder)}: ${unwritten}; ` +
        "images that do not lie there are decoded each time",
    );
  }
}
