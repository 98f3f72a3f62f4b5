import { assert, assertEquals, assertRejects } from "@std/assert";
import { withOpenFile } from "./open_files.ts";

Deno.test("withOpenFile() bounds what runs at a time, also after failures", async () => {
  let open = 0, most = 0;
  const work = (i: number) =>
    withOpenFile(async () => {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, i % 3));
      open--;
      if (i % 10 === 0) throw new Error(`file ${i}`);
      return i;
    });
  const results = await Promise.allSettled(Array.from({ length: 300 }, (_, i) => work(i)));
  assertEquals(results.filter(({ status }) => status === "fulfilled").length, 270);
  assert(most <= 32, `${most} were open`);
  await assertRejects(() => work(10), Error, "file 10");
  assertEquals(await work(11), 11);
});
