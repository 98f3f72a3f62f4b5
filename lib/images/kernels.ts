import { instantiate } from "./workspace.ts";

/**
 * The inner loops of resizing and blurring, sixteen bytes at a time (WebAssembly with SIMD).
 * Addresses are in bytes. Up to 16 bytes after an output may be overwritten, and up to 16 bytes
 * after an input may be read.
 */
export type Kernels = {
  /**
   * Each row of RGB pixels becomes a row of another width. The `plan` has `planStride` bytes for
   * each output pixel: where its pixels begin, how many pairs of them there are, and for each pair
   * two pairs of 16-bit weights: in units of 2^12, and the rest.
   */
  across(
    from: number,
    stride: number,
    to: number,
    toStride: number,
    rows: number,
    columns: number,
    step: number,
    plan: number,
    planStride: number,
  ): void;
  /**
   * Rows of bytes become other rows. The `plan` has `planStride` bytes for each output row: its
   * first input row, how many follow, and their 32-bit weights.
   */
  down(
    from: number,
    stride: number,
    to: number,
    length: number,
    rows: number,
    plan: number,
    planStride: number,
  ): void;
  /**
   * A box blur along the columns of rows of `length` bytes, a multiple of 16; the first and the
   * last row are repeated beyond the ends.
   */
  box(
    from: number,
    to: number,
    length: number,
    rows: number,
    whole: number,
    weight: number,
    edge: number,
  ): void;
  /** Rows of RGB pixels become columns. */
  turn(
    from: number,
    stride: number,
    to: number,
    toStride: number,
    width: number,
    height: number,
  ): void;
};

/** Adds the sixteen bytes of `$v` times `$w`, as four vectors of integers, to `$a`, ..., `$d`. */
const addWeighted = ["a", "b", "c", "d"].map((sum, i) => {
  const [half, quarter] = [i < 2 ? "low" : "high", i % 2 ? "high" : "low"];
  return `(local.set $${sum} (i32x4.add (local.get $${sum}) (i32x4.mul (local.get $w)
    (i32x4.extend_${quarter}_i16x8_s (i16x8.extend_${half}_i8x16_u (local.get $v))))))`;
}).join("\n");

/** Four vectors of integers as bytes, clipped to 0 to 255. */
const bytes = (of: (sum: string) => string) =>
  `(i8x16.narrow_i16x8_u (i16x8.narrow_i32x4_s ${of("a")} ${of("b")}) (i16x8.narrow_i32x4_s ${
    of("c")
  } ${of("d")}))`;

/** Moves the running sums of a box blur on by a row, and computes a row of the result. */
const boxed = ["a", "b", "c", "d"].map((sum, i) => {
  const [half, quarter] = [i < 2 ? "low" : "high", i % 2 ? "high" : "low"];
  const wide = (name: string) => `(i16x8.extend_${half}_i8x16_u (local.get $${name}))`;
  const full = (content: string) => `(i32x4.extend_${quarter}_i16x8_s ${content})`;
  return `(local.set $${sum} (i32x4.add (local.get $${sum})
      ${full(`(i16x8.sub ${wide("new")} ${wide("left")})`)}))
    (local.set $${sum}${sum} (i32x4.shr_u (i32x4.add (local.get $half) (i32x4.add
      (i32x4.mul (local.get $${sum}) (local.get $w))
      (i32x4.mul ${full(`(i16x8.add ${wide("left")} ${wide("right")})`)} (local.get $e))))
      (i32.const 24)))`;
}).join("\n");

const text = `
(func (export "across")
  (param $from i32) (param $stride i32) (param $to i32) (param $toStride i32) (param $rows i32)
  (param $columns i32) (param $step i32) (param $plan i32) (param $planStride i32)
  (local $out i32) (local $x i32) (local $p i32) (local $q i32) (local $end i32) (local $at i32)
  (local $v v128) (local $h v128) (local $l v128)
  (loop $row
    (local.set $out (local.get $to))
    (local.set $p (local.get $plan))
    (local.set $x (local.get $columns))
    (loop $pixel
      (local.set $at (i32.add (local.get $from) (i32.load (local.get $p))))
      (local.set $q (i32.add (local.get $p) (i32.const 8)))
      (local.set $end (i32.add (local.get $q)
        (i32.mul (i32.load offset=4 (local.get $p)) (i32.const 8))))
      (local.set $h (i32x4.splat (i32.const 0)))
      (local.set $l (i32x4.splat (i32.const 2097152))) ;; a half
      (loop $pair
        ;; Two pixels: red beside red, green beside green, blue beside blue, each as 16 bits.
        (local.set $v (i8x16.swizzle (v128.load64_zero (local.get $at))
          (v128.const i8x16 0 255 3 255 1 255 4 255 2 255 5 255 255 255 255 255)))
        (local.set $h (i32x4.add (local.get $h)
          (i32x4.dot_i16x8_s (local.get $v) (v128.load32_splat (local.get $q)))))
        (local.set $l (i32x4.add (local.get $l)
          (i32x4.dot_i16x8_s (local.get $v) (v128.load32_splat offset=4 (local.get $q)))))
        (local.set $at (i32.add (local.get $at) (i32.const 6)))
        (local.set $q (i32.add (local.get $q) (i32.const 8)))
        (br_if $pair (i32.lt_u (local.get $q) (local.get $end))))
      (local.set $v (i32x4.shr_s
        (i32x4.add (i32x4.shl (local.get $h) (i32.const 12)) (local.get $l)) (i32.const 22)))
      (local.set $v (i16x8.narrow_i32x4_s (local.get $v) (local.get $v)))
      (local.set $v (i8x16.narrow_i16x8_u (local.get $v) (local.get $v)))
      (v128.store16_lane 0 (local.get $out) (local.get $v))
      (v128.store8_lane offset=2 2 (local.get $out) (local.get $v))
      (local.set $out (i32.add (local.get $out) (local.get $step)))
      (local.set $p (i32.add (local.get $p) (local.get $planStride)))
      (local.set $x (i32.sub (local.get $x) (i32.const 1)))
      (br_if $pixel (local.get $x)))
    (local.set $from (i32.add (local.get $from) (local.get $stride)))
    (local.set $to (i32.add (local.get $to) (local.get $toStride)))
    (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
    (br_if $row (local.get $rows))))

(func (export "down")
  (param $from i32) (param $stride i32) (param $to i32) (param $length i32) (param $rows i32)
  (param $plan i32) (param $planStride i32)
  (local $x i32) (local $p i32) (local $end i32) (local $at i32)
  (local $v v128) (local $w v128) (local $a v128) (local $b v128) (local $c v128) (local $d v128)
  (loop $row
    (local.set $x (i32.const 0))
    (local.set $end (i32.add (i32.add (local.get $plan) (i32.const 8))
      (i32.mul (i32.load offset=4 (local.get $plan)) (i32.const 4))))
    (loop $bytes
      (local.set $at (i32.add (i32.add (local.get $from) (local.get $x))
        (i32.mul (i32.load (local.get $plan)) (local.get $stride))))
      (local.set $p (i32.add (local.get $plan) (i32.const 8)))
      (local.set $a (i32x4.splat (i32.const 2097152)))
      (local.set $b (local.get $a))
      (local.set $c (local.get $a))
      (local.set $d (local.get $a))
      (loop $tap
        (local.set $v (v128.load (local.get $at)))
        (local.set $w (v128.load32_splat (local.get $p)))
        ${addWeighted}
        (local.set $at (i32.add (local.get $at) (local.get $stride)))
        (local.set $p (i32.add (local.get $p) (i32.const 4)))
        (br_if $tap (i32.lt_u (local.get $p) (local.get $end))))
      (v128.store (i32.add (local.get $to) (local.get $x))
        ${bytes((sum) => `(i32x4.shr_s (local.get $${sum}) (i32.const 22))`)})
      (local.set $x (i32.add (local.get $x) (i32.const 16)))
      (br_if $bytes (i32.lt_s (local.get $x) (local.get $length))))
    (local.set $to (i32.add (local.get $to) (local.get $length)))
    (local.set $plan (i32.add (local.get $plan) (local.get $planStride)))
    (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
    (br_if $row (local.get $rows))))

(func (export "box")
  (param $from i32) (param $to i32) (param $length i32) (param $rows i32) (param $whole i32)
  (param $weight i32) (param $edge i32)
  (local $x i32) (local $y i32) (local $i i32) (local $last i32) (local $at i32)
  (local $new v128) (local $left v128) (local $right v128) (local $v v128) (local $w v128)
  (local $e v128) (local $half v128)
  (local $a v128) (local $b v128) (local $c v128) (local $d v128)
  (local $aa v128) (local $bb v128) (local $cc v128) (local $dd v128)
  (local.set $last (i32.sub (local.get $rows) (i32.const 1)))
  (local.set $e (i32x4.splat (local.get $edge)))
  (local.set $half (i32x4.splat (i32.const 8388608)))
  (loop $bytes
    ;; The sums of the rows within whole of the one before the first.
    (local.set $a (i32x4.splat (i32.const 0)))
    (local.set $b (local.get $a))
    (local.set $c (local.get $a))
    (local.set $d (local.get $a))
    (local.set $w (i32x4.splat (i32.add (local.get $whole) (i32.const 1))))
    (local.set $v (v128.load (i32.add (local.get $from) (local.get $x))))
    ${addWeighted}
    (local.set $w (i32x4.splat (i32.const 1)))
    (local.set $i (i32.const 0))
    (block $enough
      (loop $more
        (br_if $enough (i32.eqz (i32.lt_s (local.get $i) (local.get $whole))))
        (local.set $v (v128.load (i32.add (i32.add (local.get $from) (local.get $x))
          (i32.mul (local.get $length) (select (local.get $i) (local.get $last)
            (i32.lt_s (local.get $i) (local.get $last)))))))
        ${addWeighted}
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $more (i32.const 1))))
    (local.set $w (i32x4.splat (local.get $weight)))
    (local.set $y (i32.const 0))
    (loop $row
      (local.set $i (i32.add (local.get $y) (local.get $whole)))
      (local.set $at (i32.add (local.get $from) (local.get $x)))
      (local.set $new (v128.load (i32.add (local.get $at) (i32.mul (local.get $length)
        (select (local.get $i) (local.get $last) (i32.lt_s (local.get $i) (local.get $last)))))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (local.set $right (v128.load (i32.add (local.get $at) (i32.mul (local.get $length)
        (select (local.get $i) (local.get $last) (i32.lt_s (local.get $i) (local.get $last)))))))
      (local.set $i (i32.sub (i32.sub (local.get $y) (local.get $whole)) (i32.const 1)))
      (local.set $left (v128.load (i32.add (local.get $at) (i32.mul (local.get $length)
        (select (local.get $i) (i32.const 0) (i32.gt_s (local.get $i) (i32.const 0)))))))
      ${boxed}
      (v128.store (i32.add (i32.add (local.get $to) (local.get $x))
        (i32.mul (local.get $y) (local.get $length)))
        ${bytes((sum) => `(local.get $${sum}${sum})`)})
      (local.set $y (i32.add (local.get $y) (i32.const 1)))
      (br_if $row (i32.lt_s (local.get $y) (local.get $rows))))
    (local.set $x (i32.add (local.get $x) (i32.const 16)))
    (br_if $bytes (i32.lt_s (local.get $x) (local.get $length)))))

(func (export "turn") (param $from i32) (param $stride i32) (param $to i32) (param $toStride i32)
  (param $width i32) (param $height i32)
  (local $x i32) (local $y i32) (local $at i32) (local $out i32)
  (loop $column
    (local.set $at (local.get $from))
    (local.set $out (local.get $to))
    (local.set $y (local.get $height))
    (loop $pixel
      ;; The fourth byte is overwritten by the next pixel.
      (i32.store (local.get $out) (i32.load (local.get $at)))
      (local.set $out (i32.add (local.get $out) (i32.const 3)))
      (local.set $at (i32.add (local.get $at) (local.get $stride)))
      (local.set $y (i32.sub (local.get $y) (i32.const 1)))
      (br_if $pixel (local.get $y)))
    (local.set $from (i32.add (local.get $from) (i32.const 3)))
    (local.set $to (i32.add (local.get $to) (local.get $toStride)))
    (local.set $x (i32.add (local.get $x) (i32.const 1)))
    (br_if $column (i32.lt_s (local.get $x) (local.get $width)))))
`;

/** The kernels, ready to be called. */
export const kernels: Kernels = instantiate<Kernels>(text);
