import { codeOf, encodeBase32, recentSteps, stepOf } from "../../../local/cognito/totp";

/** RFC 6238, appendix B, for SHA-1: the last six of the eight digits. */
const secret = encodeBase32(Buffer.from("12345678901234567890"));
const vectors: readonly [number, string][] = [
  [59, "287082"],
  [1111111109, "081804"],
  [1111111111, "050471"],
  [1234567890, "005924"],
  [2000000000, "279037"],
  [20000000000, "353130"],
];

test.each(vectors)("has the code of RFC 6238 at second %i", (seconds, code) => {
  expect(codeOf(secret, Math.floor(seconds / 30))).toBe(code);
  expect(stepOf(secret, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
});

test("encodes as RFC 4648 does", () => {
  expect(["f", "fo", "foo", "foob", "fooba", "foobar"].map((text) => encodeBase32(Buffer.from(text)))).toEqual([
    "MY",
    "MZXQ",
    "MZXW6",
    "MZXW6YQ",
    "MZXW6YTB",
    "MZXW6YTBOI",
  ]);
});

test.each([
  [-2, undefined],
  [-1, 999],
  [0, 1000],
  [1, 1001],
  [2, undefined],
])("takes a code %i steps off as step %s", (off, step) => {
  expect(stepOf(secret, codeOf(secret, 1000 + off), 1000 * 30_000)).toBe(step);
});

test.each(["", "28708", "2870820", "28708 ", "abcdef", "２８７０８２"])("takes no code of another form: %j", (code) => {
  expect(stepOf(secret, code, 59_000)).toBeUndefined();
});

test("forgets used steps that no code can belong to any more", () => {
  expect(recentSteps([997, 998, 999, 1000], 1000 * 30_000)).toEqual([999, 1000]);
});
