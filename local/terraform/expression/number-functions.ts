import { ExpressionError } from "./expression-error";
import type { FunctionTable } from "./functions";
import { isList, isTrue, toList, toNumber, toText } from "./values";

export const numberFunctions: FunctionTable = {
  abs: (value) => Math.abs(toNumber(value)),
  ceil: (value) => Math.ceil(toNumber(value)),
  floor: (value) => Math.floor(toNumber(value)),
  log: (value, base) => Math.log(toNumber(value)) / Math.log(toNumber(base)),
  max: (...values) => Math.max(...values.map(toNumber)),
  min: (...values) => Math.min(...values.map(toNumber)),
  parseint: (text, base) => {
    const number = Number.parseInt(toText(text), toNumber(base));
    if (Number.isNaN(number)) throw new ExpressionError(`parses ${JSON.stringify(text)}, which is no number`);
    return number;
  },
  pow: (value, exponent) => toNumber(value) ** toNumber(exponent),
  signum: (value) => Math.sign(toNumber(value)),
  sum: (list) =>
    toList(list)
      .map(toNumber)
      .reduce((sum, value) => sum + value, 0),
  tobool: (value) => (value === null ? null : isTrue(value)),
  tonumber: (value) => (value === null ? null : toNumber(value)),
  tostring: (value) => (value === null ? null : toText(value)),
  // Marks of values change no value.
  nonsensitive: (value) => value,
  sensitive: (value) => value,
  issensitive: () => false,
  type: (value) => (isList(value) ? "list" : typeof value),
};
