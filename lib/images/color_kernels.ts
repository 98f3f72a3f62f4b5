import { instantiate } from "./workspace.ts";

/**
 * The inner loops of changes of color, in place on RGB bytes from one address up to another
 * (WebAssembly with SIMD). All arithmetic is in float32, as in Pillow. Up to 16 bytes after the end
 * may be changed.
 */
export type ColorKernels = {
  /** A step from byte `origin` toward each byte, truncated and clipped. */
  blend(from: number, to: number, origin: number, factor: number): void;
  /** A step from each pixel's luma toward its bytes, truncated and clipped. */
  saturate(from: number, to: number, factor: number): void;
  /** Each pixel's luma in all three channels. */
  gray(from: number, to: number): void;
  /** Writes four sums at `sums`, which together are the sum of the lumas. */
  sumLuma(from: number, to: number, sums: number): void;
  /** Turns the hue by so many 256ths of the circle, 0 to 255. */
  turnHue(from: number, to: number, turn: number): void;
};

const get = (name: string) => `(local.get $${name})`;
const set = (name: string, value: string) => `(local.set $${name} ${value})`;
const float = (value: string) => `(f32x4.convert_i32x4_s ${value})`;
const truncated = (value: string) => `(i32x4.trunc_sat_f32x4_s ${value})`;
const bytes = (list: Iterable<number>) => `(v128.const i8x16 ${[...list].join(" ")})`;
const all = (value: number) => bytes(new Uint8Array(Int32Array.of(...Array(4).fill(value)).buffer));
const allFloat = (value: number) =>
  bytes(new Uint8Array(Float32Array.of(...Array(4).fill(value)).buffer));
const swizzled = (value: string, list: readonly number[]) =>
  `(i8x16.swizzle ${value} ${bytes(list)})`;
/** Where a mask is set, one value, elsewhere another. */
const choose = (mask: string, yes: string, no: string) => `(v128.bitselect ${yes} ${no} ${mask})`;

/** Four pixels as integers: red, green and blue. */
const load = set("v", `(v128.load ${get("at")})`) +
  ["r", "g", "b"].map((name, channel) => {
    const places = Array.from({ length: 16 }, (_, i) => i % 4 ? 255 : 3 * (i / 4) + channel);
    return set(name, swizzled(get("v"), places));
  }).join("\n");

/** Stores the first three bytes of each integer of a vector. */
const store = (value: string) =>
  set("v", swizzled(value, [0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255])) +
  `(v128.store64_lane 0 ${get("at")} ${get("v")})
   (v128.store32_lane offset=8 2 ${get("at")} ${get("v")})`;

/** Three integers from 0 to 255 as the bytes of one. */
const packed = (r: string, g: string, b: string) =>
  `(v128.or ${r} (v128.or (i32x4.shl ${g} (i32.const 8)) (i32x4.shl ${b} (i32.const 16))))`;

/** Pillow's integer ITU-R 601 weights. */
const luma = `(i32x4.shr_u (i32x4.add
  (i32x4.add (i32x4.mul ${get("r")} ${all(19595)}) (i32x4.mul ${get("g")} ${all(38470)}))
  (i32x4.add (i32x4.mul ${get("b")} ${all(7471)}) ${all(0x8000)})) (i32.const 16))`;

const clipped = (value: string) => `(i32x4.max_s (i32x4.min_s ${value} ${all(255)}) ${all(0)})`;

/** A step of `$s` from one float toward another. */
const step = (from: string, to: string) =>
  truncated(`(f32x4.add ${from} (f32x4.mul ${get("s")} (f32x4.sub ${to} ${from})))`);

/** A function that goes through its bytes, so many at a time. */
const pass = (name: string, { parameters, stride, locals }: {
  parameters: string;
  stride: number;
  locals: string;
}, [before, body, after = ""]: readonly string[]) => `
(func (export "${name}") (param $at i32) (param $to i32) ${parameters}
  ${locals.split(" ").map((local) => `(local $${local} v128)`).join(" ")}
  ${before}
  (loop $more
    ${body}
    (local.set $at (i32.add (local.get $at) (i32.const ${stride})))
    (br_if $more (i32.lt_u (local.get $at) (local.get $to))))
  ${after})`;

const quarter = (half: string, part: string) =>
  step(
    get("o"),
    float(
      `(i32x4.extend_${part}_i16x8_s (i16x8.extend_${half}_i8x16_u (v128.load ${get("at")})))`,
    ),
  );

const blend = pass("blend", {
  parameters: "(param $origin i32) (param $factor f32)",
  stride: 16,
  locals: "o s",
}, [
  set("o", float(`(i32x4.splat ${get("origin")})`)) + set("s", `(f32x4.splat ${get("factor")})`),
  `(v128.store ${get("at")} (i8x16.narrow_i16x8_u
    (i16x8.narrow_i32x4_s ${quarter("low", "low")} ${quarter("low", "high")})
    (i16x8.narrow_i32x4_s ${quarter("high", "low")} ${quarter("high", "high")})))`,
]);

const saturated = (channel: string) => clipped(step(get("o"), float(get(channel))));

const saturate = pass("saturate", {
  parameters: "(param $factor f32)",
  stride: 12,
  locals: "v r g b o s",
}, [
  set("s", `(f32x4.splat ${get("factor")})`),
  load + set("o", float(luma)) + store(packed(saturated("r"), saturated("g"), saturated("b"))),
]);

const gray = pass("gray", { parameters: "", stride: 12, locals: "v r g b" }, [
  "",
  load + store(`(i32x4.mul ${luma} ${all(0x010101)})`),
]);

const sumLuma = pass("sumLuma", {
  parameters: "(param $sums i32)",
  stride: 12,
  locals: "v r g b s",
}, [
  "",
  load + set("s", `(i32x4.add ${get("s")} ${luma})`),
  `(v128.store ${get("sums")} ${get("s")})`,
]);

const divided = (a: string, b: string) => `(f32x4.div ${a} ${b})`;
const minus = (a: string, b: string) => `(f32x4.sub ${a} ${b})`;
const plus = (a: string, b: string) => `(f32x4.add ${a} ${b})`;
const times = (a: string, b: string) => `(f32x4.mul ${a} ${b})`;
const one = allFloat(1);
/** How far a channel is from the greatest, as a share of the spread. */
const away = (channel: string) =>
  divided(float(`(i32x4.sub ${get("most")} ${channel})`), get("spread"));
/** One of three channels: where red is the greatest, else where green is, else where blue is. */
const byGreatest = (...[red, green, blue]: [string, string, string]) =>
  choose(get("w"), red, choose(get("x"), green, blue));

/** For each sixth of the circle, which of value, changing and low channel each channel is. */
const roles = [[0, 1, 2, 2, 1, 0, 0], [1, 0, 0, 1, 2, 2, 1], [2, 2, 1, 0, 0, 1, 2]]
  .map((list) => [...list, ...Array(16 - list.length).fill(0)]);
const role = (channel: number) => `(i8x16.swizzle ${bytes(roles[channel]!)} ${get("sixth")})`;

/**
 * Pillow computes hues in double precision in between. For all bytes the steps below give the same:
 * the one of the two shares that is 1 is subtracted or added before the other, so that each hue is
 * rounded once.
 */
const turnHue = pass("turnHue", {
  parameters: "(param $turn i32)",
  stride: 12,
  locals: "v r g b most spread p q base hue s w sixth x low",
}, [
  "",
  load +
  set("most", `(i32x4.max_s ${get("r")} (i32x4.max_s ${get("g")} ${get("b")}))`) +
  set(
    "spread",
    float(
      `(i32x4.sub ${get("most")} (i32x4.min_s ${get("r")} (i32x4.min_s ${get("g")} ${get("b")})))`,
    ),
  ) +
  // `p` less `q` is the hue within the third that belongs to the greatest channel.
  set("w", `(i32x4.eq ${get("r")} ${get("most")})`) +
  set("x", `(i32x4.eq ${get("g")} ${get("most")})`) +
  set("p", away(byGreatest(get("b"), get("r"), get("g")))) +
  set("q", away(byGreatest(get("g"), get("b"), get("r")))) +
  set("base", byGreatest(allFloat(0), allFloat(2), allFloat(4))) +
  set(
    "hue",
    choose(
      `(f32x4.eq ${get("p")} ${one})`,
      minus(plus(get("base"), one), get("q")),
      plus(minus(get("base"), one), get("p")),
    ),
  ) +
  set("hue", divided(get("hue"), allFloat(6))) +
  set(
    "hue",
    choose(
      `(f32x4.lt ${get("hue")} ${allFloat(0)})`,
      plus(get("hue"), one),
      get("hue"),
    ),
  ) +
  // Hue and saturation are bytes in between.
  set(
    "hue",
    `(v128.and (i32x4.add ${truncated(times(get("hue"), allFloat(255)))}
      (i32x4.splat ${get("turn")})) ${all(255)})`,
  ) +
  set(
    "s",
    float(truncated(times(divided(get("spread"), float(get("most"))), allFloat(255)))),
  ) +
  set("s", divided(get("s"), allFloat(255))) +
  set("hue", `(i32x4.mul ${get("hue")} ${all(6)})`) +
  set("sixth", truncated(divided(float(get("hue")), allFloat(255)))) +
  set(
    "w",
    divided(
      float(`(i32x4.sub ${get("hue")} (i32x4.mul ${get("sixth")} ${all(255)}))`),
      allFloat(255),
    ),
  ) +
  // The changing channel falls in odd sixths and rises in even ones.
  set(
    "w",
    choose(
      `(i32x4.eq (v128.and ${get("sixth")} ${all(1)}) ${all(1)})`,
      get("w"),
      minus(one, get("w")),
    ),
  ) +
  set("q", float(get("most"))) +
  set("p", allFloat(0.5)) +
  set("x", truncated(plus(times(get("q"), minus(one, times(get("s"), get("w")))), get("p")))) +
  set("low", truncated(plus(times(get("q"), minus(one, get("s"))), get("p")))) +
  // Indices of bytes: those that are not asked for lie outside.
  set("sixth", `(v128.or ${get("sixth")} ${all(~255)})`) +
  store(`(i8x16.swizzle ${packed(get("most"), get("x"), get("low"))} (i32x4.add
    ${packed(role(0), role(1), role(2))}
    ${bytes(Array.from({ length: 16 }, (_, i) => i % 4 < 3 ? i - i % 4 : 255))}))`),
]);

/** The kernels, ready to be called. */
export const colorKernels: ColorKernels = instantiate<ColorKernels>(
  [blend, saturate, gray, sumLuma, turnHue].join("\n"),
);
