import { createHash } from "node:crypto";
import { ExpressionError } from "./expression-error";
import type { FunctionTable } from "./functions";
import { encodeJson, toText } from "./values";

const hash = (algorithm: string, encoding: "hex" | "base64") => (text: unknown) =>
  createHash(algorithm).update(toText(text)).digest(encoding);

export const encodingFunctions: FunctionTable = {
  base64decode: (text) => Buffer.from(toText(text), "base64").toString(),
  base64encode: (text) => Buffer.from(toText(text)).toString("base64"),
  base64sha256: hash("sha256", "base64"),
  base64sha512: hash("sha512", "base64"),
  jsondecode: (text) => {
    try {
      return JSON.parse(toText(text));
    } catch {
      throw new ExpressionError("decodes text that is not valid JSON");
    }
  },
  jsonencode: encodeJson,
  md5: hash("md5", "hex"),
  sha1: hash("sha1", "hex"),
  sha256: hash("sha256", "hex"),
  sha512: hash("sha512", "hex"),
  // Go's form encoding.
  urlencode: (text) =>
    encodeURIComponent(toText(text))
      .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll("%20", "+"),
};
