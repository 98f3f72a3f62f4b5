import type { Image, Region } from "../images/mod.ts";
import { pictureGrid } from "./picture_grid.ts";
import type { Shown } from "./picture_sheet.ts";
import type { Figure } from "./specification.ts";

/** A view, and the region of it that will be erased. */
type View = Image & { erased?: { region: Region } };

/** The views of an image, as `multiCrop` makes them. */
export type CropViews = {
  teacher: readonly View[];
  student: readonly View[];
  local: readonly View[];
  /** Whether the student's large views were weakly augmented. */
  weak: boolean;
};

/** An image and its views for one step: those of the teacher and of the student, true to scale. */
export function cropsGrid(
  image: Image,
  { teacher, student, local, weak }: CropViews,
  { title = "Views of an image for teacher and student" }: { title?: string } = {},
): Figure {
  const side = Math.max(...[...teacher, ...student].map(({ width }) => width));
  const pictures = (views: readonly View[]): Shown[] =>
    views.map((view) => ({
      image: erase(view),
      scale: Math.max(0.4, view.width / side),
      hint: `${view.width} x ${view.height} px${view.erased ? ", one region erased" : ""}`,
    }));
  return pictureGrid([
    { label: "image", pictures: [{ image, hint: `${image.width} x ${image.height} px` }] },
    { label: "teacher,<br>weak", pictures: pictures(teacher) },
    { label: `student,<br>${weak ? "weak" : "strong"}`, pictures: pictures(student) },
    ...local.length ? [{ label: "student,<br>local", pictures: pictures(local) }] : [],
  ], { title, cell: 84 });
}

/** The view with gray in place of the noise that will fill the erased region. */
function erase({ width, height, data, erased }: View): Image {
  if (!erased) return { width, height, data };
  const { left, top, ...size } = erased.region;
  const gray = data.slice();
  for (let y = top; y < top + size.height; y++) {
    gray.fill(128, 3 * (y * width + left), 3 * (y * width + left + size.width));
  }
  return { width, height, data: gray };
}
