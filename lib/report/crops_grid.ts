import type { Image, Region } from "../images/mod.ts";
import { pictureGrid } from "./picture_grid.ts";
import type { Shown } from "./picture_sheet.ts";
import type { Figure } from "./specification.ts";

/** A view, and what will be erased of it. */
type View = Image & { erased?: { region: Region } };

/** The views that are made of an image: those of `multiCrop`. */
export type CropViews = {
  teacher: readonly View[];
  student: readonly View[];
  local: readonly View[];
  /** Whether the student's large views were weakly augmented. */
  weak: boolean;
};

/** An image and what is made of it for a step: the views of the teacher and of the student, the small ones smaller. */
export function cropsGrid(
  image: Image,
  { teacher, student, local, weak }: CropViews,
  { title = "What teacher and student see of an image" }: { title?: string } = {},
): Figure {
  const side = Math.max(...[...teacher, ...student].map(({ width }) => width));
  const views = (some: readonly View[]): Shown[] =>
    some.map((view) => ({
      image: erase(view),
      scale: Math.max(0.4, view.width / side),
      hint: `${view.width} x ${view.height} px${view.erased ? ", a part erased" : ""}`,
    }));
  return pictureGrid([
    { label: "image", pictures: [{ image, hint: `${image.width} x ${image.height} px` }] },
    { label: "teacher,<br>weak", pictures: views(teacher) },
    { label: `student,<br>${weak ? "weak" : "strong"}`, pictures: views(student) },
    ...local.length ? [{ label: "student,<br>local", pictures: views(local) }] : [],
  ], { title, cell: 84 });
}

/** The view with gray where noise will stand. */
function erase({ width, height, data, erased }: View): Image {
  if (!erased) return { width, height, data };
  const { left, top, ...size } = erased.region;
  const gray = data.slice();
  for (let y = top; y < top + size.height; y++) {
    gray.fill(128, 3 * (y * width + left), 3 * (y * width + left + size.width));
  }
  return { width, height, data: gray };
}
