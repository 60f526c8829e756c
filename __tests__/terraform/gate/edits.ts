/** Edits of a copy of the project, as a commit would make them. An edit that finds nothing to change fails. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** @param project folder of the copy */
export type Edit = (project: string) => void;

/** Replaces the only occurrence of `find`. */
export const replace =
  (file: string, find: string | RegExp, by: string): Edit =>
  (project) => {
    const path = join(project, file);
    const before = readFileSync(path, "utf8");
    const places = before.split(find).length - 1;
    if (places !== 1) throw new Error(`${file} must have one occurrence of ${find}, got ${places}: adapt the edit`);
    writeFileSync(
      path,
      before.replace(find, () => by),
    );
  };

/** Adds lines at the end. */
export const append =
  (file: string, lines: string): Edit =>
  (project) =>
    writeFileSync(join(project, file), `${readFileSync(join(project, file), "utf8")}${lines}\n`);

export const create =
  (file: string, contents: string): Edit =>
  (project) => {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), contents);
  };

export const move =
  (from: string, to: string): Edit =>
  (project) => {
    mkdirSync(dirname(join(project, to)), { recursive: true });
    renameSync(join(project, from), join(project, to));
  };
