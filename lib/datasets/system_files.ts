/** Folders that systems put beside a user's, in small letters. */
const folders = new Set([
  "@eadir", // Synology
  "@tmp",
  "#recycle",
  "#snapshot",
  "@recycle", // QNAP
  "@recently-snapshot",
  "~snapshot", // NetApp
  "lost+found", // Linux
  "lost.dir", // Android
  "__macosx", // archives packed on macOS
  "__pycache__",
  "$recycle.bin", // Windows
  "recycler",
  "system volume information",
  "found.000",
]);

/** Files that systems put beside a user's, in small letters. */
const files = new Set(["thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"]);

/** Whether a file or folder is hidden, such as `.git` or `._photo.jpg`. */
export function isHidden(name: string): boolean {
  return name.startsWith(".");
}

/** Whether a folder holds what the system keeps, such as thumbnails or deleted files. */
export function isSystemFolder(name: string): boolean {
  return folders.has(name.toLowerCase());
}

/** Whether a file holds what the system keeps, such as thumbnails. */
export function isSystemFile(name: string): boolean {
  return files.has(name.toLowerCase());
}
