import { readOptions } from "../../openapi/options";

test("prints version 3.1 unless told otherwise", () => {
  expect(readOptions([])).toEqual({ version: "3.1" });
  expect(readOptions(["--version", "3.0"])).toEqual({ version: "3.0" });
});

test.each([
  [["--version", "2.0"], '--version must be 3.1 or 3.0, got "2.0"'],
  [["--version"], "argument missing"],
  [["--yaml"], "Unknown option '--yaml'"],
  [["3.0"], "Unexpected argument '3.0'"],
])("rejects %j with the reason and the usage", (args, reason) => {
  expect(() => readOptions(args)).toThrow(reason);
  expect(() => readOptions(args)).toThrow("npm run --silent openapi");
});

test("prints its usage with --help", () => {
  expect(readOptions(["--help"])).toContain("--version V");
});
