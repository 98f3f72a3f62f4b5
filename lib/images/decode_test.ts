import { assert, assertEquals, assertRejects } from "@std/assert";
import { crc32 } from "node:zlib";
import { tiffFile } from "../testing/tiff_file.ts";
import { decode } from "./decode.ts";
import { encode } from "./encode.ts";

const native = Deno.permissions.querySync({ name: "ffi" }).state === "granted";

function test(name: string, fn: () => Promise<void>) {
  Deno.test({ name: native ? name : `${name} (needs ffi permission)`, ignore: !native, fn });
}

const image = { width: 2, height: 1, data: Uint8Array.of(255, 0, 7, 1, 2, 3) };

async function png(channels: 1 | 2 | 3 | 4, values: number[]): Promise<Uint8Array> {
  const { default: sharp } = await import("sharp");
  const raw = { width: values.length / channels, height: 1, channels };
  return sharp(Uint8Array.from(values), { raw }).png().toBuffer();
}

test("decode() gives back what encode() was given", async () => {
  assertEquals(await decode(await encode(image)), image);
});

test("decode() drops alpha without blending", async () => {
  const { data } = await decode(await png(4, [200, 100, 50, 0, 10, 20, 30, 128]));
  assertEquals([...data], [200, 100, 50, 10, 20, 30]);
});

test("decode() repeats gray in all channels", async () => {
  assertEquals([...(await decode(await png(1, [5, 250]))).data], [5, 5, 5, 250, 250, 250]);
});

test("decode() leaves the EXIF orientation alone", async () => {
  const { default: sharp } = await import("sharp");
  const turned = await sharp(await encode(image)).withMetadata({ orientation: 6 }).png().toBuffer();
  const { width, height } = await decode(turned);
  assertEquals([width, height], [2, 1]);
});

test("decode() says what it could not decode", async () => {
  await assertRejects(
    () => decode(new TextEncoder().encode("no image")),
    TypeError,
    "Cannot decode 8 bytes as an image: it is a text, not an image",
  );
});

test("decode() refuses an image of too many pixels before it unpacks it", async () => {
  const bytes = await encode({ width: 100, height: 100, data: new Uint8Array(30000) });
  await assertRejects(
    () => decode(bytes, { maxPixels: 9999 }),
    TypeError,
    "it has more than 9999 pixels",
  );
});

/** An image of a few bytes that claims to be as large as it likes. */
async function claiming(width: number, height: number): Promise<Uint8Array> {
  const bytes = await encode(image);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  view.setUint32(29, crc32(bytes.subarray(12, 29)));
  return bytes;
}

test("decode() unpacks no bomb: what claims 10^10 pixels takes no memory", async () => {
  const bomb = await claiming(100_000, 100_000);
  const before = Deno.memoryUsage().rss;
  for (let i = 0; i < 20; i++) {
    await assertRejects(() => decode(bomb), TypeError, "more than 178956970 pixels");
  }
  assert(Deno.memoryUsage().rss - before < 2 ** 28);
});

test("decode() reads large images, one at a time", async () => {
  const { default: sharp } = await import("sharp");
  const create = { width: 5000, height: 4000, channels: 3 as const, background: "#102030" };
  const large = await sharp({ create }).png().toBuffer();
  for (const { width, data } of await Promise.all([decode(large), decode(large)])) {
    assertEquals([width, ...data.subarray(-3)], [5000, 16, 32, 48]);
  }
});

test("decode() mixes inks as Pillow does: each is darkened by black", async () => {
  const inks = [255, 0, 51, 0, 0, 0, 51, 128];
  const { data } = await decode(tiffFile(inks, { channels: 4, kind: 5 }));
  assertEquals([...data], [0, 255, 204, 127, 127, 102]);
});

test("decode() converts luma and color differences of TIFF", async () => {
  const { data } = await decode(tiffFile([100, 128, 128, 76, 85, 255], { channels: 3, kind: 6 }));
  assertEquals([...data], [100, 100, 100, 254, 0, 0]);
});

test("decode() turns TIFF as its orientation says, as Pillow does", async () => {
  const { default: sharp } = await import("sharp");
  const turned = await sharp(await encode(image)).withMetadata({ orientation: 6 })
    .tiff({ compression: "none" }).toBuffer();
  const { width, height, data } = await decode(turned);
  assertEquals([width, height, ...data], [1, 2, ...image.data]);
});

test("decode() gives transparent pixels of a palette the palette's color", async () => {
  const gif =
    "4749463839610100010080000007c850ffffff21f90401000000002c000000000100010000020144003b";
  const { data } = await decode(Uint8Array.fromHex(gif));
  assertEquals([...data], [7, 200, 80]);
});
