import { assertEquals } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { classWords } from "./class_words.ts";
import { imageFolder } from "./image_folder.ts";

const ids = ["n01440764", "n02012849", "n03126707"];

async function inFolder(files: Record<string, string>, f: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  for (const [name, text] of Object.entries(files)) {
    await Deno.mkdir(`${folder}/${name}/..`, { recursive: true });
    await Deno.writeTextFile(`${folder}/${name}`, text);
  }
  await f(folder).finally(() => Deno.remove(folder, { recursive: true }));
}

const index = '{"0": ["n01440764", "sea_lion"], "1": ["n02012849", "crane"]}';

const cases: [file: string, text: string, names: string[], words: string[]][] = [
  [
    "words.txt",
    "n00000001\tanother\nn01440764\ttench, Tinca tinca\nn02012849\tcrane\nn03126707\tcrane\n",
    ids,
    ["tench", "crane (n02012849)", "crane (n03126707)"],
  ],
  [
    "LOC_synset_mapping.txt",
    "n01440764 tench, Tinca tinca\r\nn02012849 crane\r\n",
    ids,
    ["tench", "crane", "n03126707"],
  ],
  ["synset_words.txt", "n01440764 tench, Tinca tinca\n", ids.slice(0, 1), ["tench"]],
  ["imagenet_class_index.json", index, ids.slice(0, 2), ["sea lion", "crane"]],
  ["imagenet_class_index.json", index, ["0", "1"], ["sea lion", "crane"]],
  ["imagenet_class_index.json", "[1, [2]]", ["0", "1"], ["0", "1"]],
  ["imagenet_class_index.json", "no JSON", ["0", "1"], ["0", "1"]],
  ["classes.txt", "0 sea lion\n1 owl\n", ["0", "1"], ["sea lion", "owl"]],
  ["classes.txt", "sea lion\nowl\n", ["0", "1"], ["sea lion", "owl"]],
  ["classes.txt", "sea lion\nowl\n", ["a", "b"], ["a", "b"]],
  ["classes.txt", "\n", ["0", "1"], ["0", "1"]],
  ["notes.txt", "0 sea lion\n1 owl\n", ["0", "1"], ["0", "1"]],
];

for (const [file, text, names, words] of cases) {
  const title = JSON.stringify(text.slice(0, 24));
  permittedTest(
    `classWords() calls classes ${words.join(", ")} by ${file} ${title}`,
    ["read", "write"],
    () =>
      inFolder({ [file]: text }, async (folder) => {
        assertEquals((await classWords(folder, names)).words, words);
      }),
  );
}

permittedTest("imageFolder() tells classes in words beside the data", ["read", "write"], () => {
  const images = Object.fromEntries(
    ids.flatMap((id) => ["1", "2"].map((name) => [`train/${id}/${name}.jpg`, ""])),
  );
  return inFolder({ ...images, "words.txt": "n01440764\ttench\n" }, async (folder) => {
    const { classes, notes, fingerprint, train } = await imageFolder(folder);
    assertEquals(classes, { class: ["tench", "n02012849", "n03126707"] });
    const sentences = notes?.filter((note) => /words.txt|no image/.test(note));
    assertEquals(sentences, ["classes are called as words.txt says"]);
    await Deno.writeTextFile(`${folder}/words.txt`, "n00000001\tanother\n");
    await Deno.writeTextFile(`${folder}/notes.txt`, "");
    const unfit = await imageFolder(folder);
    assertEquals(unfit.notes?.filter((note) => /words.txt|no image/.test(note)), [
      "1 file that is no image is left out: 1 .txt",
      "words.txt has words for none of the classes and is left out",
    ]);
    await Deno.remove(`${folder}/notes.txt`);
    await Deno.remove(`${folder}/words.txt`);
    const bare = await imageFolder(folder);
    assertEquals([bare.fingerprint, bare.classes.class], [fingerprint, ids]);
    assertEquals(bare.train.map(({ labels }) => labels), train.map(({ labels }) => labels));
  });
});
