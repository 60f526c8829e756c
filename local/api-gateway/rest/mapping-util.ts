import { parseJson } from "./mapping-input";

const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value ?? null));

/** `$util` */
export const util = {
  escapeJavaScript: (value: unknown) => JSON.stringify(asText(value)).slice(1, -1).replaceAll("'", "\\'"),
  parseJson: (text: unknown) => parseJson(asText(text)),
  // As Java's URLEncoder and URLDecoder do: a space is a plus.
  urlEncode: (text: unknown) =>
    encodeURIComponent(asText(text))
      .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll("%20", "+"),
  urlDecode: (text: unknown) => decodeURIComponent(asText(text).replaceAll("+", " ")),
  base64Encode: (text: unknown) => Buffer.from(asText(text)).toString("base64"),
  base64Decode: (text: unknown) => Buffer.from(asText(text), "base64").toString(),
};
