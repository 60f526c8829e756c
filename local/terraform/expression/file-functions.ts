import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { ExpressionError } from "./expression-error";
import type { FunctionTable } from "./functions";
import { toText } from "./values";

/** @param folder that paths are relative to */
export function fileFunctions(folder: string): FunctionTable {
  const read = (path: unknown): Buffer => {
    try {
      return readFileSync(resolve(folder, toText(path)));
    } catch {
      throw new ExpressionError(`reads the file ${toText(path)}, which is missing`);
    }
  };
  const hash = (algorithm: string, encoding: "hex" | "base64") => (path: unknown) =>
    createHash(algorithm).update(read(path)).digest(encoding);
  return {
    abspath: (path) => resolve(folder, toText(path)),
    basename: (path) => basename(toText(path)),
    dirname: (path) => dirname(toText(path)),
    file: (path) => read(path).toString(),
    filebase64: (path) => read(path).toString("base64"),
    filebase64sha256: hash("sha256", "base64"),
    filebase64sha512: hash("sha512", "base64"),
    fileexists: (path) => existsSync(resolve(folder, toText(path))),
    filemd5: hash("md5", "hex"),
    filesha1: hash("sha1", "hex"),
    filesha256: hash("sha256", "hex"),
    filesha512: hash("sha512", "hex"),
  };
}
