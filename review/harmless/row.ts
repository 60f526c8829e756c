/** In lists, attributes of several types; `(created)` and `(ended)` where that is harmless too. */
export type HarmlessRow = readonly [types: string, attributes: string];
