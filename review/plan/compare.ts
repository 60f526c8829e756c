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
