import { readArguments } from "../../review/arguments";

test("takes a file, a format and allowances in any order", () => {
  const expected = {
    file: "p.json",
    format: "json",
    allowances: [{ kind: "users-lost" }, { kind: "unknown", address: 'a.b["c=d"]' }],
    ruleFolders: [],
  };
  expect(readArguments(["p.json", "--format", "json", "--allow", "users-lost", 'unknown=a.b["c=d"]'])).toEqual(
    expected,
  );
  expect(readArguments(["--allow", "users-lost", '--allow=unknown=a.b["c=d"]', "p.json", "--format=json"])).toEqual(
    expected,
  );
  expect(readArguments(["--allow", "users-lost", 'unknown=a.b["c=d"]', "p.json", "--format", "json"])).toEqual(
    expected,
  );
});

test("prints text unless told otherwise", () => {
  expect(readArguments(["p.json"])).toEqual({ file: "p.json", format: "text", allowances: [], ruleFolders: [] });
});

test("gives a reason to the allowances before it", () => {
  const given = [
    "p.json",
    "--allow",
    "unknown",
    "--allow",
    "users-lost",
    "no-effect",
    "--reason",
    "a new pool",
    "--allow",
    "trail-lost",
  ];
  expect(readArguments(given).allowances).toEqual([
    { kind: "unknown", reason: "a new pool" },
    { kind: "users-lost", reason: "a new pool" },
    { kind: "no-effect", reason: "a new pool" },
    { kind: "trail-lost" },
  ]);
});

test("takes folders of rules", () => {
  expect(readArguments(["p.json", "--rules", "a", "--rules", "b"]).ruleFolders).toEqual(["a", "b"]);
});

test.each([
  [["a", "--reason", "x"], "--reason must follow the --allow that it is for"],
  [[], "plan.json must be given"],
  [["a", "b"], "plan.json must be one file, got b too"],
  [["a", "--verbose"], "Unknown option '--verbose'"],
  [["a", "--format", "html"], "--format must be one of markdown, text, json, sarif, got html"],
  [["a", "--format"], "'--format <value>' argument missing"],
  [["a", "--allow", "everything"], "--allow must be one of users-lost"],
  [["a", "--allow"], "'--allow <value>' argument missing"],
  [["a", "\u001b[31m"], "got \\u{1b}[31m too"],
])("names what is wrong with %j", (given, message) => {
  expect(() => readArguments(given)).toThrow(message);
});
