/** The move to cdktn: docs/toolchain.md has it as one command, and a test compares the two. */
export const aliases: Readonly<Record<string, string>> = {
  cdktf: "npm:cdktn@0.24.0",
  "@cdktf/provider-aws": "npm:@cdktn/provider-aws@25.7.0",
  "@cdktf/provider-archive": "npm:@cdktn/provider-archive@14.0.1",
};

/** `cdktf@npm:cdktn@0.24.0`, ... */
export const aliasArguments = Object.entries(aliases).map(([name, alias]) => `${name}@${alias}`);
