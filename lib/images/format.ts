/** The format of a file, judged by its first bytes. */
export type Format = {
  /** The format's usual name. */
  name: string;
  /** Whether {@linkcode decode} reads it. */
  read: boolean;
};

/** How many of a file's first bytes {@linkcode formatOf} looks at. */
export const HEAD_BYTES = 64;

type Mark = [name: string, at: number, bytes: string];

const readable: Mark[] = [
  ["JPEG", 0, "\xff\xd8\xff"],
  ["PNG", 0, "\x89PNG\r\n\x1a\n"],
  ["GIF", 0, "GIF8"],
  ["WebP", 8, "WEBP"],
  ["TIFF", 0, "II*\0"],
  ["TIFF", 0, "MM\0*"],
  ["TIFF", 0, "II+\0"],
  ["TIFF", 0, "MM\0+"],
];

const unreadable: Mark[] = [
  ["BMP", 0, "BM"],
  ...["P1", "P2", "P3", "P4", "P5", "P6", "P7", "Pf", "PF"].map((p): Mark => ["PPM", 0, p]),
  ["JPEG 2000", 4, "jP  \r\n"],
  ["JPEG 2000", 0, "\xff\x4f\xff\x51"],
  ["JPEG XL", 4, "JXL \r\n"],
  ["JPEG XL", 0, "\xff\x0a"],
  ["PSD", 0, "8BPS"],
  ["Radiance HDR", 0, "#?RADIANCE"],
  ["Windows icon", 0, "\0\0\x01\0"],
  ["DDS", 0, "DDS "],
  ["QOI", 0, "qoif"],
  ["SVG", 0, "<svg"],
  ["PDF", 0, "%PDF"],
];

const noImage: Mark[] = [
  ["web page", 0, "<!doctype html"],
  ["web page", 0, "<html"],
  ["XML file", 0, "<?xml"],
  ["ZIP archive", 0, "PK\x03\x04"],
  ["gzip archive", 0, "\x1f\x8b"],
  ["NumPy array", 0, "\x93NUMPY"],
  ["pointer of Git LFS (`git lfs pull` fetches the image)", 0, "version https://git-lfs"],
];

/**
 * A file's format by its first bytes, whatever the ending of its name; `null` where it is unknown.
 *
 * @param head At least {@linkcode HEAD_BYTES} bytes of the file, or all of a shorter one.
 */
export function formatOf(head: Uint8Array): Format | null {
  const text = textOf(head);
  if (text.startsWith("ftyp", 4)) return boxed(text);
  const name = find(readable, text);
  if (name) return { name, read: true };
  const other = find(unreadable, text);
  return other ? { name: other, read: false } : null;
}

/**
 * Why a file cannot be an image that {@linkcode decode} reads, judged by its first bytes; `null`
 * where it may well be one.
 *
 * @param head As for {@linkcode formatOf}.
 */
export function refusal(head: Uint8Array): string | null {
  if (head.length === 0) return "it is empty";
  const format = formatOf(head);
  if (format?.read) return null;
  if (format) return `it is a ${format.name}, which is not read; convert it to PNG`;
  const text = textOf(head);
  const other = find(noImage, text);
  if (other) return `it is a ${other}, not an image`;
  return /^[\t\n\r\x20-\x7e]+$/.test(text) ? "it is a text, not an image" : "its format is unknown";
}

/** One character a byte. */
function textOf(head: Uint8Array): string {
  return String.fromCharCode(...head.subarray(0, HEAD_BYTES));
}

function find(marks: Mark[], text: string): string | undefined {
  const small = text.toLowerCase();
  return marks.find(([, at, bytes]) => small.startsWith(bytes.toLowerCase(), at))?.[0];
}

/** The format of a file made of boxes: the first lists its brand and the compatible ones. */
function boxed(text: string): Format {
  const brands = text.slice(8, Math.min(text.length, text.charCodeAt(3)));
  if (/avi[fs]/.test(brands)) return { name: "AVIF", read: true };
  if (/hei[cx]|hev[cx]|mif1|msf1/.test(brands)) return { name: "HEIC", read: false };
  return { name: "video", read: false };
}
