import { maskedCrc32c } from "../bytes/mod.ts";

/**
 * What a record of an event file says, of what TensorFlow's `event.proto` and `summary.proto` know.
 */
export type Event =
  & { seconds: number; step?: number }
  & (
    /** The head of a file. */
    | { version: string }
    /** A session begins, and what was recorded of this step and of later ones no longer counts. */
    | { starts: true }
    /** Numbers by their names. */
    | { scalars: Readonly<Record<string, number>> }
  );

/** An event as a record of a TFRecord file: length, message, and a masked CRC-32C of each. */
export function eventRecord(event: Event): Uint8Array<ArrayBuffer> {
  const message = encodeEvent(event);
  const record = new Uint8Array(message.length + 16);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(message.length), true);
  view.setUint32(8, maskedCrc32c(record.subarray(0, 8)), true);
  record.set(message, 12);
  view.setUint32(12 + message.length, maskedCrc32c(message), true);
  return record;
}

/** `Event`: wall_time = 1, step = 2, file_version = 3, summary = 5, session_log = 7. */
function encodeEvent({ seconds, step, ...what }: Event): Uint8Array {
  return concat([
    [...tag(1, fixed64), ...float64(seconds)],
    ...step === undefined ? [] : [[...tag(2, variable), ...varint(step)]],
    "version" in what
      ? field(3, new TextEncoder().encode(what.version))
      : "scalars" in what
      ? field(5, encodeSummary(what.scalars))
      : field(7, [...tag(1, variable), 1]), // `SessionLog`: status = START
  ]);
}

/** `Summary`: value = 1, each with tag = 1 and simple_value = 2. */
function encodeSummary(scalars: Readonly<Record<string, number>>): Uint8Array {
  return concat(
    Object.entries(scalars).map(([name, number]) => {
      const label = field(1, new TextEncoder().encode(name));
      return field(1, concat([label, [...tag(2, fixed32), ...float32(number)]]));
    }),
  );
}

/** The types that values have on the wire. */
const [variable, fixed64, delimited, fixed32] = [0, 1, 2, 5];

/** What stands before a value: the number of its field, and its type. */
function tag(field: number, type: number): number[] {
  return varint(8 * field + type);
}

/** A field whose value is a text or a message. */
function field(number: number, value: ArrayLike<number>): Uint8Array {
  return concat([tag(number, delimited), varint(value.length), value]);
}

/** A whole number that is not negative, in groups of 7 bits. */
function varint(number: number): number[] {
  const groups = [];
  for (; number > 127; number = Math.floor(number / 128)) groups.push(number % 128 + 128);
  return [...groups, number];
}

function float64(number: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, number, true);
  return bytes;
}

function float32(number: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, number, true);
  return bytes;
}

function concat(parts: readonly ArrayLike<number>[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
