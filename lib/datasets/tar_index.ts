import { Buffer } from "node:buffer";
import { Header, type HeaderData } from "tar/header";
import { Pax } from "tar/pax";
import { escapeControls, withOpenFile } from "../images/mod.ts";

/** A file in a tar archive. */
export type Member = {
  name: string;
  /** Index of its first byte in the archive. */
  offset: number;
  size: number;
  /** Its bytes, where they were requested. */
  content?: Uint8Array;
};

const BLOCK = 512;

/** Bytes that are read at a time: a header, and often a small file and the header after it. */
const WINDOW = 4096;

/** The most bytes of a file whose content is read with the index. */
const MAX_CONTENT = 1 << 20;

/**
 * The files of a tar archive. Mostly headers are read, so the archive may be larger than memory.
 *
 * @param keep Names of files whose content is read too, if it is at most 1 MiB.
 * @throws {Error} If the archive is damaged, cut off or compressed.
 */
export async function tarIndex(path: string, keep: (name: string) => boolean): Promise<Member[]> {
  return await withOpenFile(() => readIndex(path, keep));
}

async function readIndex(path: string, keep: (name: string) => boolean): Promise<Member[]> {
  using file = await Deno.open(path);
  const { size: total } = await file.stat();
  const read = reader(file, total);
  const members: Member[] = [];
  let extended: HeaderData = {}, global: HeaderData = {};
  for (let at = 0; at + BLOCK <= total;) {
    const block = await read(at, BLOCK);
    const header = parse(block, extended, global);
    if (header?.nullBlock) break;
    if (!header?.cksumValid) throw damaged(path, `there is no header at byte ${at}`);
    const { type, size = 0 } = header;
    const name = extended.path ?? (nameOf(block, header.path ?? ""));
    const offset = at + BLOCK;
    if (!(size >= 0)) throw damaged(path, `the size in the header at byte ${at} is ${size}`);
    if (offset + size > total) throw damaged(path, `it ends within ${name}`);
    const text = async () => decodeName(await read(offset, size));
    if (type === "ExtendedHeader") extended = Pax.parse(await text(), extended);
    else if (type === "GlobalExtendedHeader") global = Pax.parse(await text(), global, true);
    else if (type === "NextFileHasLongPath" || type === "OldGnuLongPath") {
      extended = { ...extended, path: (await text()).replace(/\0.*/s, "") };
    } else if (type !== "NextFileHasLongLinkpath") {
      extended = {};
      if (type === "File" || type === "OldFile" || type === "ContiguousFile") {
        const isKept = keep(name) && size <= MAX_CONTENT;
        members.push({ name, offset, size, ...isKept && { content: await read(offset, size) } });
      }
    }
    at = offset + Math.ceil(size / BLOCK) * BLOCK;
  }
  return members;
}

/** Reads parts of a file through a window, as parts that are read in turn lie close together. */
function reader(file: Deno.FsFile, total: number) {
  let start = 0, window = new Uint8Array();
  return async (at: number, length: number): Promise<Uint8Array> => {
    if (at < start || at + length > start + window.length) {
      start = at;
      window = new Uint8Array(Math.min(Math.max(length, WINDOW), total - at));
      await file.seek(at, Deno.SeekMode.Start);
      for (let done = 0; done < window.length;) {
        const count = await file.read(window.subarray(done));
        if (count === null) throw new Error(`a file became shorter while it was read`);
        done += count;
      }
    }
    return window.slice(at - start, at - start + length);
  };
}

/** The header in a block, `null` where a field of it cannot be read. */
function parse(block: Uint8Array, extended: HeaderData, global: HeaderData): Header | null {
  try {
    return new Header(Buffer.from(block), 0, extended, global);
  } catch {
    return null;
  }
}

/** The name in a header, where its bytes are no UTF-8: then they are read as Latin-1. */
function nameOf(block: Uint8Array, path: string): string {
  if (!path.includes("\ufffd")) return path;
  const field = (from: number, length: number) =>
    decodeName(block.subarray(from, from + length)).replace(/\0.*/s, "");
  const magic = new TextDecoder().decode(block.subarray(257, 263));
  const prefix = magic === "ustar\0" ? field(345, 155) : "";
  return prefix === "" ? field(0, 100) : `${prefix}/${field(0, 100)}`;
}

/** Text of UTF-8, or of Latin-1 where it is none: so no two names become the same. */
function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}

function damaged(path: string, why: string): Error {
  return new Error(
    `Cannot read the shard ${escapeControls(path)}: ${escapeControls(why)}; fetch or pack it again`,
  );
}
