import type { StudyRow } from "../report/mod.ts";

/** What a test says of a row. */
export type Outcome = { method: string; seed?: number; budget?: number; top1: number };

const readOuts = ["class token", "local-group token", "patch mean"];

/** The weights of a combination by its name; of others those between its words. */
function weightsOf(method: string): StudyRow["lossWeights"] {
  if (method === "untrained" || method === "raw pixels") return null;
  if (method.startsWith("weights ")) {
    const [a, b, c] = method.slice("weights ".length).split(" : ").map(Number);
    return [a!, b!, c!];
  }
  const names = method.split(" + ");
  const [ids, lgds, gds] = ["IDS", "LGDS", "GDS"].map((name) => Number(names.includes(name)));
  return [ids!, lgds!, gds!];
}

/** A row of a study that scored so much at the level `species`, and by retrieval and transfer. */
export function studyRow({ method, seed = 0, budget = 1, top1 }: Outcome): StudyRow {
  const part = method === "untrained"
    ? "baselines"
    : method.startsWith("weights ")
    ? "weights"
    : budget === 1
    ? "combinations"
    : "budgets";
  const places = [
    ...["k-NN", "linear probe"].map((protocol) => ["species", protocol, "granules"]),
    ["image", "retrieval", "granules"],
    ["species", "k-NN", "granules of rare minerals"],
  ];
  return {
    ...{ cell: `${method}, seed ${seed}`, part, method, lossWeights: weightsOf(method), seed },
    ...{ budget, overrides: {}, key: `${method}/${seed}/${budget}`, data: "granules", epochs: 4 },
    ...{ steps: 248 * budget, images: 15872 * budget, seconds: 60 * budget, scoringSeconds: 9 },
    ...{ machine: "a processor, 2 cores", backend: "cpu", date: "2026-01-01T00:00:00.000Z" },
    scores: readOuts.flatMap((readOut) =>
      places.map(([level, protocol, data]) => ({
        ...{ readOut, protocol: protocol as "k-NN", level: level!, data: data! },
        ...{ top1, chance: 4.17 },
      }))
    ),
  };
}
