import { readOptions } from "../../local/options";

const defaults = { folder: undefined, port: undefined, cognitoPort: undefined, persist: false, quiet: false };

test("npm start needs no option", () => {
  expect(readOptions([])).toEqual(defaults);
});

test("reads every option", () => {
  expect(readOptions(["--port", "1", "--cognito-port=2", "--persist", "--quiet"])).toEqual({
    ...defaults,
    port: "1",
    cognitoPort: "2",
    persist: true,
    quiet: true,
  });
});

test("serve takes its folder before or after the options", () => {
  expect(readOptions(["serve", "out", "--quiet"])).toEqual({ ...defaults, folder: "out", quiet: true });
  expect(readOptions(["serve", "--port", "1", "out"])).toEqual({ ...defaults, folder: "out", port: "1" });
});

test.each([
  [["--help"], /^npm start \[-- OPTIONS\]\n/],
  [["serve", "--help"], /^npm run serve -- FOLDER \[OPTIONS\]\n/],
])("%j returns the usage text", (args, usage) => {
  expect(readOptions(args)).toMatch(usage);
});

test.each([
  [["--prot", "1"], /^Unknown option '--prot'\n\nnpm start .*--cognito-port/s],
  [["serve", "out", "--prot"], /^Unknown option '--prot'\n\nnpm run serve /],
  [["serve"], /^FOLDER must be a synthesized stack, got none\n\nnpm run serve /],
  [["out"], /^Unexpected argument out\n\nnpm start /],
  [["serve", "a", "b"], /^Unexpected argument b\n\nnpm run serve /],
  [["--port"], /^Option '--port <value>' argument missing\n\nnpm start /],
])("rejects %j with the reason and the usage text", (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});
