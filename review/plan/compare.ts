/** How an attribute changes: the questions that several dangers ask. */
import { isEmpty, same, texts } from "./value";

/** The list holds an item that it did not hold before. */
export const gains = (before: unknown, after: unknown): boolean =>
  texts(after).some((item) => !texts(before).includes(item));
/** The list no longer holds an item. */
export const loses = (before: unknown, after: unknown): boolean => gains(after, before);
export const turnsOff = (before: unknown, after: unknown): boolean => before === true && after !== true;
/** It was set and is empty now. */
export const isRemoved = (before: unknown, after: unknown): boolean => !isEmpty(before) && isEmpty(after);
/** It was set and is something else, or nothing, now. */
export const isOther = (before: unknown, after: unknown): boolean => !isEmpty(before) && !same(before, after);
/** It is set now, to something else than before. */
export const isSetAnew = (before: unknown, after: unknown): boolean => !isEmpty(after) && !same(before, after);
/** It pointed somewhere and points elsewhere now; removal is another question. */
export const isSwapped = (before: unknown, after: unknown): boolean => !isEmpty(before) && isSetAnew(before, after);
export const turnsOn = (before: unknown, after: unknown): boolean => before !== true && after === true;

/** Numbers, where nothing is set: the service's default. */
export const falls =
  (usual = Number.NaN) =>
  (before: unknown, after: unknown): boolean =>
    numberOf(after, usual) < numberOf(before, usual);
export const rises =
  (usual = Number.NaN) =>
  (before: unknown, after: unknown): boolean =>
    numberOf(after, usual) > numberOf(before, usual);

const numberOf = (value: unknown, usual: number): number => (isEmpty(value) ? usual : Number(value));

/** Falls in an order of levels, given from the weakest to the strongest. */
export const fallsBelow =
  (...levels: readonly string[]) =>
  (before: unknown, after: unknown): boolean =>
    levels.indexOf(levelOf(after)) < levels.indexOf(levelOf(before));

/** `""` stands for a level that is not set. */
const levelOf = (value: unknown): string => (isEmpty(value) ? "" : String(value));

/** From one of these values to another value. */
export const leaves =
  (...values: readonly unknown[]) =>
  (before: unknown, after: unknown): boolean =>
    values.includes(before) && !values.includes(after);
/** From another value to one of these. */
export const becomes =
  (...values: readonly unknown[]) =>
  (before: unknown, after: unknown): boolean =>
    !values.includes(before) && values.includes(after);
