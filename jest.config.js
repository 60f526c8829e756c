// The AWS SDK warns of an older Node.js, in every test file that loads it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/__tests__"],
  // Not a limit to meet: some tests start processes, and a machine may be busy.
  testTimeout: 180_000,
  // jest would leave one core idle, which is half of a small machine.
  maxWorkers: "100%",
  globalSetup: "<rootDir>/__tests__/support/run-start.ts",
  globalTeardown: "<rootDir>/__tests__/support/run-end.ts",
  setupFiles: ["<rootDir>/__tests__/support/cdktf.ts"],
  testMatch: ["**/*.test.ts"],
  // swc strips types and lowers modules; the type check is a step of its own (`npm run types`).
  transform: { "\\.[cm]?[jt]s$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
  // These ship ES modules only; everything else in node_modules runs as it is.
  transformIgnorePatterns: ["/node_modules/(?!jose/|@seriousme/)"],
};
