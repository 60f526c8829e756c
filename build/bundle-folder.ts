/** `functions/login` for `functions/login.ts`: where a handler's bundle lies, relative to the stack's folder. */
export const bundleFolder = (entry: string): string => entry.replace(/\.ts$/, "");
