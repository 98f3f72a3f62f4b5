import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { Events } from "./events.ts";
import { forget } from "./record.ts";

/** A value by the number of its field: a number, or the bytes of a text or a message. */
type Field = { field: number; value: number | Uint8Array };

/** Reads any message of Protocol Buffers. */
function fieldsOf(bytes: Uint8Array): Field[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  const varint = () => {
    for (let value = 0, factor = 1;; factor *= 128) {
      const byte = view.getUint8(at++);
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  const skip = (count: number) => (at += count) - count;
  const readers: Record<number, () => Field["value"]> = {
    0: varint,
    1: () => view.getFloat64(skip(8), true),
    2: () => {
      const length = varint();
      const start = skip(length);
      return bytes.subarray(start, start + length);
    },
    5: () => view.getFloat32(skip(4), true),
  };
  const fields: Field[] = [];
  while (at < bytes.length) {
    const key = varint();
    fields.push({ field: key >> 3, value: readers[key & 7]!() });
  }
  return fields;
}

/** Reads the messages of a TFRecord file, and checks both checksums of each, bit by bit. */
function messagesOf(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer);
  const check = (start: number, length: number) => {
    let crc = 0xffffffffn;
    for (const byte of bytes.subarray(start, start + length)) {
      crc ^= BigInt(byte);
      for (let bit = 0; bit < 8; bit++) crc = (crc >> 1n) ^ (crc & 1n ? 0x82f63b78n : 0n);
    }
    crc ^= 0xffffffffn;
    const masked = ((crc >> 15n) + ((crc << 17n) & 0xffffffffn) + 0xa282ead8n) & 0xffffffffn;
    assertEquals(view.getUint32(start + length, true), Number(masked));
  };
  const messages: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = Number(view.getBigUint64(at, true));
    check(at, 8);
    check(at + 12, length);
    messages.push(bytes.slice(at + 12, at + 12 + length));
    at += length + 16;
  }
  return messages;
}

const text = (bytes: unknown) => new TextDecoder().decode(bytes as Uint8Array);

/** An event of a file by the names of `event.proto`. */
function readEvent(message: Uint8Array) {
  const names = ["", "time", "step", "version", "", "summary", "", "session"];
  const event = Object.fromEntries(fieldsOf(message).map((f) => [names[f.field], f.value]));
  assertAlmostEquals(Number(event.time), Date.now() / 1000, 60);
  const { step, version, summary, session } = event;
  if (version) return { version: text(version) };
  if (session) return { step, status: fieldsOf(session as Uint8Array) };
  const scalars = fieldsOf(summary as Uint8Array).map(({ value }) => {
    const [name, number] = fieldsOf(value as Uint8Array);
    return [text(name?.value), number?.value];
  });
  return { step, scalars: Object.fromEntries(scalars) };
}

permittedTest(
  "every start has an event file of its own, whose records say what counts no longer",
  ["read", "write"],
  async () => {
    const run = { path: await Deno.makeTempDir() };
    {
      using _ = new Events(run); // without a step there is no file
    }
    assertEquals([...Deno.readDirSync(run.path)], []);
    {
      using events = new Events(run);
      events.rewind(0);
      events.add(1, { "losses/total": 1.5, "signs/größer": -0.25 });
      events.add(300, { rate: 0.1, top1: NaN });
      events.sync();
      events.rewind(1); // training has diverged
      events.add(2, {});
    }
    const [file, ...others] = [...Deno.readDirSync(run.path)];
    assertEquals(others, []);
    assert(file !== undefined && file.name.startsWith("events.out.tfevents."));
    const started = (step: number) => ({ step, status: [{ field: 1, value: 1 }] });
    const bytes = await Deno.readFile(`${run.path}/${file.name}`);
    assertEquals(messagesOf(bytes).map(readEvent), [
      { version: "brain.Event:2" },
      started(1),
      { step: 1, scalars: { "losses/total": 1.5, "signs/größer": -0.25 } },
      { step: 300, scalars: { rate: Math.fround(0.1), top1: NaN } },
      started(2),
      { step: 2, scalars: {} },
    ] as unknown[]);
    await new Promise((resolve) => setTimeout(resolve, 2)); // a name of another millisecond
    {
      using events = new Events(run);
      events.rewind(2 ** 40);
      events.add(2 ** 40 + 1, { rate: 1 });
    }
    const names = [...Deno.readDirSync(run.path)].map(({ name }) => name).sort();
    assertEquals([names.length, names[0]], [2, file.name]);
    const more = await Deno.readFile(`${run.path}/${names[1]}`);
    assertEquals(messagesOf(more).map(readEvent).slice(1), [
      started(2 ** 40 + 1),
      { step: 2 ** 40 + 1, scalars: { rate: 1 } },
    ] as unknown[]);
    await forget(run); // a run that begins anew
    assertEquals([...Deno.readDirSync(run.path)], []);
    await Deno.remove(run.path, { recursive: true });
  },
);
