import { escapeControls } from "../../images/mod.ts";
import type { Table } from "../specification.ts";

/** A table as Markdown whose columns also line up as plain text. */
export function markdownTable({ title, head, rows, headings = {}, notes }: Table): string {
  const headed = rows.flatMap((row, i) => {
    const heading = headings[i];
    if (heading === undefined) return [row];
    return [head.map((_, column) => column === 0 ? `**${heading}**` : ""), row];
  });
  return [title && `**${title}**\n`, markdown(head, headed), notes].filter(Boolean).join("\n");
}

/** A Markdown table whose columns also line up as plain text; columns of numbers align right. */
export function markdown(
  head: readonly string[],
  texts: readonly (readonly string[])[],
): string {
  const rows = texts.map((row) => row.map(cellText));
  const widths = head.map((title, i) =>
    Math.max(3, ...[title, ...rows.map((row) => row[i] ?? "")].map(length))
  );
  const right = numeric(head, rows);
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, i) => pad(cell, widths[i] ?? 0, right[i])).join(" | ")} |`;
  const rule = widths.map((w, i) => right[i] ? `${"-".repeat(w - 1)}:` : "-".repeat(w));
  return [line(head), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n") + "\n";
}

/** Text as a cell: names may hold what would end the cell or the line. */
function cellText(text: string): string {
  return escapeControls(text).replaceAll("|", "\\|");
}

/** A table as HTML, without scripts and without styles other than the alignment of columns. */
export function htmlTable({ title, head, rows, headings = {}, notes }: Table): string {
  const right = numeric(head, rows);
  const line = (tag: "th" | "td", cells: readonly string[]) =>
    `<tr>${
      cells.map((cell, i) =>
        `<${tag} style="text-align: ${right[i] ? "right" : "left"}">${escape(cell)}</${tag}>`
      ).join("")
    }</tr>`;
  const heading = (text: string) =>
    `<tr><th scope="rowgroup" colspan="${head.length}" style="text-align: left">${
      escape(text)
    }</th></tr>`;
  const body = rows.flatMap((row, i) => {
    const text = headings[i];
    return [...text === undefined ? [] : [heading(text)], line("td", row)];
  }).join("\n");
  return [
    "<table>",
    title && `<caption>${escape(title)}</caption>`,
    `<thead>${line("th", head)}</thead>`,
    `<tbody>\n${body}\n</tbody>`,
    "</table>",
    notes && `<p><small>${escape(notes).replace(/([.:])\n/g, "$1<br>")}</small></p>`,
  ].filter(Boolean).join("\n");
}

/** Text as HTML. */
export function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** Which columns hold only numbers, signs and gaps. */
function numeric(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): boolean[] {
  const isNumeric = (text: string) => /^[\d+±−-]|^$/.test(text) && !/\d-[a-z]/.test(text);
  return head.map((_, i) => rows.every((row) => isNumeric(row[i] ?? "")));
}

const length = (text: string) => [...text].length;

function pad(text: string, width: number, right = false): string {
  const space = " ".repeat(width - length(text));
  return right ? space + text : text + space;
}
