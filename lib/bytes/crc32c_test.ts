import { assertEquals } from "@std/assert";
import { crc32c, maskedCrc32c } from "./mod.ts";

Deno.test("crc32c() gives the checksums of RFC 3720", () => {
  assertEquals(crc32c(new TextEncoder().encode("123456789")), 0xe3069283);
  assertEquals(crc32c(new Uint8Array(32)), 0x8a9136aa);
  assertEquals(crc32c(new Uint8Array(32).fill(0xff)), 0x62a8ab43);
});

Deno.test("maskedCrc32c() turns the checksum by 15 bits and adds a constant", () => {
  assertEquals(maskedCrc32c(new Uint8Array(0)), 0xa282ead8);
  assertEquals(maskedCrc32c(new Uint8Array(32)), 0xfd7fffa);
});
