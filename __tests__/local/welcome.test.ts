import { readStack } from "../../local/terraform/read-stack";
import { stagePath, welcome } from "../../local/welcome";
import { writeStack } from "./api-gateway/rest-stack";

const stack = readStack(writeStack({ resource: { aws_sqs_queue: { jobs: { name: "jobs" } } } }));
const places = { api: "http://127.0.0.1:3001/v1", cognito: "http://127.0.0.1:9229" };

test("lists routes with their access, private ones first, and leaves preflights out", () => {
  const route = { method: "GET", path: "/b", isPrivate: false, functionName: "one" };
  const lines = welcome(
    stack,
    [
      route,
      { ...route, path: "/a", isPrivate: true },
      { ...route, method: "OPTIONS", functionName: undefined },
      { method: "", path: "$default", isPrivate: false, functionName: "rest" },
    ],
    places,
  ).split("\n");
  expect(lines.slice(4, 7)).toEqual([
    "GET  /a        private  one",
    "GET  /b        public   one",
    "     $default  public   rest",
  ]);
  expect(lines).toContain("not emulated: aws_sqs_queue.jobs (jobs)");
});

test.each([
  ["v1", "/v1"],
  ["$default", ""],
])("the stage %s is served under %j", (stage, path) => {
  expect(stagePath([stage])).toBe(path);
});
