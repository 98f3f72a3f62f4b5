/** The path of a folder without slashes at its end; the root stays as it is. */
export function withoutSlash(folder: string): string {
  return folder.replace(/(?<=.)\/+$/, "");
}

/** The name of a file without its ending. */
export function withoutEnding(file: string): string {
  return file.replace(/\.[^.]+$/, "");
}
