import { assertEquals } from "@std/assert";
import { pngFile } from "../testing/png_file.ts";
import { tiffFile } from "../testing/tiff_file.ts";
import { decode } from "./decode.ts";

const native = Deno.permissions.querySync({ name: "ffi" }).state === "granted";

/** Files of one row of pixels, and the colors that Pillow 13.0.0's `convert("RGB")` makes of them. */
const cases: [name: string, file: Uint8Array, pillow: number[]][] = [
  [
    "clips gray of sixteen bits",
    pngFile([0, 200, 256, 65535], { bits: 16, color: 0 }),
    [0, 0, 0, 200, 200, 200, 255, 255, 255, 255, 255, 255],
  ],
  [
    "clips gray of sixteen bits, one of which is transparent",
    pngFile([7, 300], { bits: 16, color: 0, transparent: [7] }),
    [7, 7, 7, 255, 255, 255],
  ],
  [
    "scales gray with alpha of sixteen bits",
    pngFile([256 * 40 + 255, 9, 65535, 0], { bits: 16, color: 4 }),
    [40, 40, 40, 255, 255, 255],
  ],
  [
    "scales colors of sixteen bits",
    pngFile([511, 512, 65535, 255, 256, 40000], { bits: 16, color: 2 }),
    [1, 2, 255, 0, 1, 156],
  ],
  [
    "drops the transparency of a color",
    pngFile([1, 2, 3, 4, 5, 6], { bits: 8, color: 2, transparent: [1, 2, 3] }),
    [1, 2, 3, 4, 5, 6],
  ],
  [
    "clips gray of sixteen bits in TIFF",
    tiffFile([0, 200, 256, 65535], { channels: 1, kind: 1, bits: 16 }),
    [0, 0, 0, 200, 200, 200, 255, 255, 255, 255, 255, 255],
  ],
  [
    "does not turn such gray round where 0 is white",
    tiffFile([0, 200, 256, 65535], { channels: 1, kind: 0, bits: 16 }),
    [0, 0, 0, 200, 200, 200, 255, 255, 255, 255, 255, 255],
  ],
  [
    "clips signed gray of sixteen bits",
    tiffFile([-5, 200, 300], { channels: 1, kind: 1, bits: 16, signed: true }),
    [0, 0, 0, 200, 200, 200, 255, 255, 255],
  ],
  [
    "takes the upper eight bits of inks of sixteen",
    tiffFile([65535, 0, 256 * 51 + 255, 0], { channels: 4, kind: 5, bits: 16 }),
    [0, 255, 204],
  ],
  [
    "rounds luma and color differences down",
    tiffFile([100, 128, 128, 76, 85, 255, 190, 100, 60], { channels: 3, kind: 6 }),
    [100, 100, 100, 254, 0, 0, 94, 248, 140],
  ],
];

for (const [name, file, pillow] of cases) {
  Deno.test({
    name: `decode() ${name}, as Pillow does${native ? "" : " (needs ffi permission)"}`,
    ignore: !native,
    fn: async () => assertEquals([...(await decode(file)).data], pillow),
  });
}
