/** The folder of a handler's bundle, relative to the stack's folder: `functions/login` for `functions/login.ts`. */
export const bundleFolder = (entry: string): string => entry.replace(/\.ts$/, "");
