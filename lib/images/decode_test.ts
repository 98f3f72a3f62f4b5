import { assertEquals, assertRejects } from "@std/assert";
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

test("decode() scales sixteen bits to eight", async () => {
  const { default: sharp } = await import("sharp");
  const raw = { width: 2, height: 1, channels: 1 as const };
  const deep = await sharp(Uint16Array.of(256 * 40, 65535), { raw })
    .toColourspace("grey16").png().toBuffer();
  assertEquals([...(await decode(deep)).data], [40, 40, 40, 255, 255, 255]);
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
    "Cannot decode 8 bytes as an image",
  );
});

test("decode() refuses an image of too many pixels before it unpacks it", async () => {
  const bytes = await encode({ width: 100, height: 100, data: new Uint8Array(30000) });
  await assertRejects(() => decode(bytes, { maxPixels: 9999 }), TypeError, "pixel limit");
});
