import { assert, assertEquals } from "@std/assert";
import type { ProtocolRow, Row } from "../report/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { smallRun, succeed, writeImages } from "../testing/task_run.ts";

/** The JavaScript types that a field of a record may have. */
type Types<Record> = { [Name in keyof Record]: ("string" | "number" | "null")[] };

const row: Types<Row> = {
  method: ["string"],
  kind: ["string"],
  arch: ["string"],
  parameters: ["number", "null"],
  epochs: ["number", "null"],
  minutes: ["number", "null"],
  imagesPerSecond: ["number", "null"],
  memory: ["number", "null"],
  preset: ["string", "null"],
  linear: ["number", "null"],
  knn: ["number", "null"],
  chance: ["number"],
  level: ["string", "null"],
  data: ["string"],
  seed: ["number"],
};

const protocolRow: Types<ProtocolRow> = {
  method: ["string"],
  arch: ["string"],
  epochs: ["number", "null"],
  setting: ["string", "null"],
  column: ["string"],
  value: ["number"],
  data: ["string"],
  seed: ["number"],
};

/** Sees that records have all the fields of a type and no others, each of its type. */
function assertRecords<Record>(records: Record[], types: Types<Record>): void {
  assert(records.length > 0);
  for (const record of records) {
    assertEquals(Object.keys(record as object).sort(), Object.keys(types).sort());
    for (const name in types) {
      const type = record[name] === null ? "null" : typeof record[name];
      assert((types[name] as string[]).includes(type), `${name} is of type ${type}`);
    }
  }
}

permittedTest("the README of jobs lists the fields of both records", ["read"], async () => {
  const text = await Deno.readTextFile(new URL("../jobs/README.md", import.meta.url));
  const listed = text.split(/^## /m).slice(1, 3)
    .map((section) => [...section.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name).sort());
  assertEquals(listed, [row, protocolRow].map((types) => Object.keys(types).sort()));
});

permittedTest(
  "the rows of evaluate --json, reproduce-table --json and table.json are records of one type",
  ["run", "read", "write", "env", "sys"],
  async (t) => {
    const home = await Deno.makeTempDir();
    await writeImages(home);
    const read = async (line: string) => JSON.parse((await succeed(line, home)).out);
    let stored: Row[] = [];

    await t.step("reproduce-table", async () => {
      const line =
        `reproduce_table --data set --out run --backend cpu --steps 2 --json ${smallRun}`;
      const { rows, measured } = await read(line);
      assertRecords<Row>(rows, row);
      ({ rows: stored } = JSON.parse(await Deno.readTextFile(`${home}/run/table.json`)));
      assertEquals([rows, measured], [stored, stored]);
    });

    const weights = "--checkpoint run/checkpoint.safetensors --data set --backend cpu --json";
    const trained = () => stored.find(({ kind }) => kind === "trained")!;

    for (const protocol of ["knn", "linear"] as const) {
      await t.step(`evaluate ${protocol}`, async () => {
        const { rows, top1 } = await read(`evaluate ${protocol} ${weights}`);
        assertRecords<Row>(rows, row);
        assertEquals(rows.length, stored.length);
        const [first] = rows as Row[];
        const { linear, knn, chance, arch, parameters, level, data } = trained();
        assertEquals(first?.[protocol], top1);
        assertEquals(first, {
          ...{ method: "checkpoint", kind: "trained", arch, parameters, chance, level, data },
          ...{ knn: null, linear: null, [protocol]: { linear, knn }[protocol] },
          ...{
            epochs: null,
            minutes: null,
            imagesPerSecond: null,
            memory: null,
            preset: trained().preset,
            seed: 0,
          },
        });
      });
    }

    await t.step("evaluate linear --augment", async () => {
      const { rows, top1 } = await read(`evaluate linear ${weights} --augment --epochs 1`);
      assertRecords<Row>(rows, row);
      assertEquals([rows.length, rows[0].linear, rows[0].knn], [1, top1, null]);
      assertEquals(rows[0].chance, trained().chance);
    });

    await t.step("evaluate logistic", async () => {
      const { rows, fits } = await read(`evaluate logistic ${weights} --lambda 0.1,1`);
      assertRecords<ProtocolRow>(rows, protocolRow);
      assertEquals(
        rows.map(({ value }: ProtocolRow) => value),
        fits.map(({ top1 }: { top1: number }) => top1),
      );
    });

    await t.step("evaluate fine-tune, whose rows are those of its table", async () => {
      const line = `evaluate fine-tune ${weights} --out tuned --steps 1 --batch-size 4`;
      const { rows, top1 } = await read(line);
      assertRecords<ProtocolRow>(rows, protocolRow);
      assertEquals([rows[0].column, rows[0].value], ["fine-tune", top1]);
      const table = await read(
        `reproduce_table knn --data set --out run --backend cpu --steps 2 --json ${smallRun}`,
      );
      assertRecords<ProtocolRow>(table.rows, protocolRow);
    });
    await Deno.remove(home, { recursive: true });
  },
);
