/** Values that are sent as text: of a query, a path or a token's claims. */
import { HttpError } from "../error-response";
import { entriesFor, isList, optionsOf, type SchemaShape, shapeOf } from "./schema-shape";

/** Whether the schema has a list for this name, and nothing else. */
export const takesList = (schema: SchemaShape, name: string): boolean =>
  entriesFor(schema, name).map(shapeOf).some(isList);

/**
 * The value that one or more texts become by the schema for this name.
 * @throws {HttpError} 400 for several texts where the schema has no list
 */
export function fromTexts(schema: SchemaShape, name: string, texts: readonly string[]): unknown {
  const [text = "", ...others] = texts;
  const shapes = entriesFor(schema, name).map(shapeOf);
  const list = shapes.find(isList) ?? (others.length > 0 ? shapes.flatMap(optionsOf).find(isList) : undefined);
  if (list) return texts.map((each, index) => convert(list.item ?? list.items?.[index], each));
  if (others.length > 0 && shapes.length > 0) throw new HttpError(400, `Please provide ${name} only once`);
  return inUnion(shapes, text);
}

/** The value that a text stands for; the text itself if it is none of this schema. */
function convert(schema: SchemaShape | undefined, text: string): unknown {
  if (!schema) return text;
  const shape = shapeOf(schema);
  switch (shape.type) {
    case "number":
      return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
    case "bigint":
      return /^-?\d+$/.test(text) ? BigInt(text) : text;
    case "boolean":
      return text === "true" || (text === "false" ? false : text);
    case "date":
      return /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text)) ? new Date(text) : text;
    case "literal":
      return String(shape.literal) === text ? shape.literal : text;
    case "picklist":
    case "enum":
      return shape.options?.find((option) => String(option) === text) ?? text;
    case "union":
      return inUnion(optionsOf(shape), text);
    default:
      return text;
  }
}

/** The first option that makes something of the text; a string schema takes it as it is. */
function inUnion(options: readonly SchemaShape[], text: string): unknown {
  for (const option of options) {
    const value = convert(option, text);
    if (value !== text || shapeOf(option).type === "string") return value;
  }
  return text;
}
