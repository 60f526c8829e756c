import { lenientObject } from "../../../../local/api-gateway/rest/lenient-json";

test.each<[string, object | undefined]>([
  ['{"statusCode": 200}', { statusCode: 200 }],
  ["{statusCode: 200}", { statusCode: 200 }],
  ["{'statusCode': 200, 'a': 'it\\'s',}", { statusCode: 200, a: "it's" }],
  ['{statusCode:200,"url":"http://a, {b}"}', { statusCode: 200, url: "http://a, {b}" }],
  ["{a: [1, b, null], c: {d: true}}", { a: [1, "b", null], c: { d: true } }],
  ['{"statusCode": 200', undefined],
  ["[1]", undefined],
  ["200", undefined],
  ["", undefined],
])("reads %s", (source, expected) => {
  expect(lenientObject(source)).toEqual(expected);
});
