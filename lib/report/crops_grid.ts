import type { Image, Region } from "../images/mod.ts";
import { checkGiven } from "./check_given.ts";
import { pictureGrid } from "./picture_grid.ts";
import type { Shown } from "./picture_sheet.ts";
import type { Figure } from "./specification.ts";

/** A view, and the region of it that will be erased. */
export type CropView = Image & { erased?: { region: Region } };

/** The views that are made of an image, by the names of their groups. */
export type CropViews = Readonly<
  Record<string, {
    views: readonly CropView[];
    /** Whether they were weakly augmented, where one draw decided for all of them. */
    weak?: boolean;
  }>
>;

/**
 * An image and its views for one step, group after group, true to scale.
 *
 * @throws {RangeError} If there are no views.
 */
export function cropsGrid(
  image: Image,
  groups: CropViews,
  { title = "Views of an image for teacher and student" }: { title?: string } = {},
): Figure {
  const widths = Object.values(groups).flatMap(({ views }) => views.map(({ width }) => width));
  checkGiven(widths, "the views of an image", "views");
  const side = Math.max(...widths);
  const pictures = (views: readonly CropView[]): Shown[] =>
    views.map((view) => ({
      image: erase(view),
      scale: Math.max(0.4, view.width / side),
      hint: `${view.width} x ${view.height} px${view.erased ? ", one region erased" : ""}`,
    }));
  const label = (name: string, weak?: boolean) =>
    weak === undefined ? name : `${name},<br>${weak ? "weak" : "strong"}`;
  return pictureGrid([
    { label: "image", pictures: [{ image, hint: `${image.width} x ${image.height} px` }] },
    ...Object.entries(groups).map(([name, { views, weak }]) => ({
      label: label(name, weak),
      pictures: pictures(views),
    })),
  ], { title, cell: 84 });
}

/** The view with gray in place of the noise that will fill the erased region. */
function erase({ width, height, data, erased }: CropView): Image {
  if (!erased) return { width, height, data };
  const { left, top, ...size } = erased.region;
  const gray = data.slice();
  for (let y = top; y < top + size.height; y++) {
    gray.fill(128, 3 * (y * width + left), 3 * (y * width + left + size.width));
  }
  return { width, height, data: gray };
}
