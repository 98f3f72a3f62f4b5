import { assertEquals } from "@std/assert";
import { formatOf, refusal } from "./format.ts";

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const box = (brands: string) =>
  bytes(`\0\0\0${String.fromCharCode(8 + brands.length)}ftyp${brands}`);

Deno.test("formatOf() knows a format by its first bytes", () => {
  const heads: [string, Uint8Array][] = [
    ["JPEG", bytes("\xff\xd8\xff\xe0")],
    ["PNG", bytes("\x89PNG\r\n\x1a\n")],
    ["WebP", bytes("RIFF\x10\0\0\0WEBPVP8 ")],
    ["AVIF", box("avif\0\0\0\0mif1")],
    ["AVIF", box("mif1\0\0\0\0mif1avifmiaf")],
    ["HEIC", box("heic\0\0\0\0mif1heic")],
    ["JPEG XL", bytes("\0\0\0\x0cJXL \r\n\x87\n")],
    ["BMP", bytes("BM\x36\0")],
  ];
  for (const [name, head] of heads) assertEquals(formatOf(head)?.name, name);
});

Deno.test("refusal() says what a file is that is no image, and lets images pass", () => {
  assertEquals(refusal(bytes("GIF89a")), null);
  assertEquals(refusal(new Uint8Array()), "it is empty");
  assertEquals(
    refusal(bytes("P6\n1 1\n255\n")),
    "it is a PPM, which is not read; convert it to PNG",
  );
  assertEquals(refusal(bytes("<!DOCTYPE html><p>")), "it is a web page, not an image");
  assertEquals(refusal(bytes("Not found\n")), "it is a text, not an image");
  assertEquals(
    refusal(bytes("version https://git-lfs.github.com/spec/v1")),
    "it is a pointer of Git LFS (`git lfs pull` fetches the image), not an image",
  );
  assertEquals(refusal(Uint8Array.of(1, 2, 3, 200)), "its format is unknown");
});
