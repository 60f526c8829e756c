/** `npm run test:browser`: pages in a real Chromium. @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config"),
  testMatch: ["**/*.browser.ts"],
  // One browser at a time: several would measure each other.
  maxWorkers: 1,
};
