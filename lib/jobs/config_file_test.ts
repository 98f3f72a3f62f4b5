import { assertEquals, assertRejects } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { readConfigFile } from "./mod.ts";

permittedTest(
  "readConfigFile() takes records of runs, of earlier versions too, and bare fields",
  ["read", "write"],
  async () => {
    const path = await Deno.makeTempFile();
    const fields = { method: "dino", steps: 3, epochs: 0.5 };
    const requested = { method: "dino", steps: 3, epochs: 52 };
    const stored = [{ resolved: fields }, { config: requested, resolved: fields }, fields];
    for (const value of [...stored, { config: fields }]) {
      await Deno.writeTextFile(path, JSON.stringify(value));
      assertEquals((await readConfigFile(path)).config, fields);
    }
    await Deno.remove(path);
  },
);

permittedTest(
  "readConfigFile() says in a sentence what a file is that holds no configuration",
  ["read", "write"],
  async () => {
    const folder = await Deno.makeTempDir();
    const path = `${folder}/file.json`;
    const refused: [text: string, message: string][] = [
      ["{}", "it sets no field; name a run's config.json"],
      ['{"resolved": {}}', "it sets no field; name a run's config.json"],
      ["[]", "it is no JSON object; name a run's config.json"],
      ["3", "it is no JSON object; name a run's config.json"],
      ["epochs: 3", "it is no JSON object; name a run's config.json"],
      ["", "it is no JSON object; name a run's config.json"],
      ['{"config": {"seed": 0}, "runs": []}', "it is of several runs; name the config.json of one"],
      ['{"resolved": {"config": {}}}', "it is of a classifier; name that of a pre-training"],
    ];
    for (const [text, message] of refused) {
      await Deno.writeTextFile(path, text);
      const whole = `Cannot read the configuration in ${path}: ${message}`;
      await assertRejects(() => readConfigFile(path), Error, whole);
    }
    const folderRead = () => readConfigFile(folder);
    await assertRejects(folderRead, Error, `${folder}: it is a folder; name the config.json in it`);
    await Deno.writeTextFile(path, '{"epoch": 3}');
    await assertRejects(() => readConfigFile(path), TypeError, `Cannot use the configuration in`);
    await Deno.writeTextFile(path, '{"batchsize": 4}');
    await assertRejects(() => readConfigFile(path), TypeError, 'did you mean "batchSize"?');
    await Deno.writeTextFile(path, '{"batchSize": 0}');
    await assertRejects(() => readConfigFile(path), TypeError, '"batchSize" takes ');
    await Deno.remove(folder, { recursive: true });
  },
);
