import { escapeControls } from "../images/mod.ts";

/** A file of which any part can be read. */
export type Source = Disposable & {
  /** What to call it in errors. */
  name: string;
  /** Its length in bytes. */
  size: number;
  /** The bytes from `start` on; a range beyond the end is refused. */
  read(start: number, length: number): Uint8Array<ArrayBuffer>;
  /**
   * Says in one sentence why the file cannot be read.
   *
   * @param advice What to do, if the file is not damaged; it is the cause of the error.
   */
  refuse(why: string, advice?: string): never;
};

/** A file on disk, open until it is disposed of. */
export function openSource(path: string): Source {
  const file = open(path);
  const size = file.statSync().size;
  return source(path, size, (bytes, start) => {
    file.seekSync(start, Deno.SeekMode.Start);
    for (let at = 0; at < bytes.length;) {
      const count = file.readSync(bytes.subarray(at));
      if (count === null) return false;
      at += count;
    }
    return true;
  }, () => file.close());
}

/** Bytes in memory. */
export function sourceOfBytes(bytes: Uint8Array, name: string): Source {
  return source(name, bytes.length, (part, start) => {
    part.set(bytes.subarray(start, start + part.length));
    return true;
  }, () => {});
}

function source(
  path: string,
  size: number,
  fill: (bytes: Uint8Array, start: number) => boolean,
  close: () => void,
): Source {
  const name = escapeControls(path);
  const refuse = (why: string, advice?: string): never => {
    // What stands in an untrusted file may become part of the sentence.
    const sentence = escapeControls(why).slice(0, 300);
    throw new SyntaxError(`Cannot read ${name}: ${sentence}`, { cause: advice });
  };
  return {
    name,
    size,
    refuse,
    read(start, length) {
      if (!(start >= 0 && length >= 0 && start + length <= size)) {
        refuse(`it is truncated: byte ${start + length} is needed, and it has ${size}`);
      }
      const bytes = new Uint8Array(length);
      if (!fill(bytes, start)) refuse(`it ended while it was read, after byte ${start}`);
      return bytes;
    },
    [Symbol.dispose]: close,
  };
}

function open(path: string): Deno.FsFile {
  const name = escapeControls(path);
  try {
    const file = Deno.openSync(path);
    if (file.statSync().isFile) return file;
    file.close();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      const advice = exists(`${path}.index`)
        ? `a checkpoint of TensorFlow is named by its index, ${name}.index`
        : "see that its path is right";
      throw new Deno.errors.NotFound(`Cannot read ${name}: there is no such file; ${advice}`);
    }
    throw new Error(`Cannot read ${name}: ${(error as Error).message}`);
  }
  throw new Error(`Cannot read ${name}: it is no file`);
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
