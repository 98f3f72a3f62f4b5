import { type AnnotatedImage, type Annotations, unusable } from "./annotated.ts";
import { type MatArray, numbersOf } from "./mat_array.ts";
import { readMat } from "./mat.ts";

/** The file by which the layout is recognized. */
export const carsFile = "cars_annos.mat";

/** What the file says of an image: its class counts from 1. */
type Car = { path: string; label: number; bottom: number; test: boolean };

/**
 * Stanford Cars: `car_ims/` and `cars_annos.mat`.
 *
 * @param options `asOriginal`: keeps the labels as the file has them, counted from 1, and as many
 * classes as there are different lower edges of boxes in the training part, which the original
 * takes for the number of classes: labels may lie beyond them.
 * @throws {Error} If the file cannot be used.
 */
export async function readCars(
  folder: string,
  { asOriginal }: { asOriginal: boolean },
): Promise<Annotations> {
  const path = `${folder}/${carsFile}`;
  const { annotations, class_names: stored } = await readMat(path);
  if (annotations?.kind !== "structs") throw unusable(path, "it holds no structs of annotations");
  const cars = annotations.values.map((fields, i) => toCar(fields, { path, i }));
  const train = cars.filter((car) => !car.test);
  const count = cars.reduce((most, { label }) => Math.max(most, label), 0);
  const outputs = new Set(train.map(({ bottom }) => bottom)).size;
  const shift = asOriginal ? 0 : 1;
  const toImage = ({ path, label }: Car): AnnotatedImage => {
    return { path, labels: { class: label - shift } };
  };
  return {
    train: train.map(toImage),
    test: cars.filter((car) => car.test).map(toImage),
    classes: {
      class: asOriginal
        ? Array.from({ length: outputs }, (_, i) => String(i))
        : classNames(stored, count),
    },
    usual: { level: "class", score: "top1" },
  };
}

function toCar(
  fields: Record<string, MatArray>,
  { path, i }: { path: string; i: number },
): Car {
  const image = fields.relative_im_path;
  const [label] = numbersOf(fields.class) ?? [];
  const [bottom] = numbersOf(fields.bbox_y2) ?? [];
  const [test] = numbersOf(fields.test) ?? [];
  if (image?.kind === "text" && label && bottom !== undefined && test !== undefined) {
    return { path: image.text, label, bottom, test: test !== 0 };
  }
  throw unusable(path, `its annotation ${i + 1} lacks a path, a class, a box or a part`);
}

/** The names of the classes: as stored, else their numbers. */
function classNames(stored: MatArray | undefined, count: number): string[] {
  const cells = stored?.kind === "cells" ? stored.values : [];
  return Array.from({ length: count }, (_, i) => {
    const cell = cells[i];
    return cell?.kind === "text" ? cell.text : String(i + 1);
  });
}
