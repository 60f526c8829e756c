import { removalNotes, restRoutes } from "../../build/removed-routes";
import { readSynthesized } from "../../build/synthesized";
import { routeName } from "../../constructs/api/route";
import { routes } from "../../routes";
import { edit, synthesize } from "../support/folder";

test("reads the routes of a synthesized REST API", async () => {
  expect(restRoutes(readSynthesized(await synthesize())).sort()).toEqual(routes.map(routeName).sort());
});

test("reads no route where nothing is synthesized, and none of an HTTP API", async () => {
  expect(restRoutes(readSynthesized("/does/not/exist"))).toEqual([]);
  expect(restRoutes(readSynthesized(await synthesize({ API_TYPE: "http" })))).toEqual([]);
});

test("reads the root as a path", async () => {
  const folder = await synthesize();
  edit(folder, ({ resource }) => {
    resource.aws_api_gateway_method = { x: { http_method: "GET", resource_id: "${aws_api_gateway_rest_api.a.root}" } };
  });
  expect(restRoutes(readSynthesized(folder))).toEqual(["GET /"]);
});

/** A REST API with these routes, each path one segment. */
const rest = (...routes: string[]) => {
  const parts = routes.map((route) => route.split(" /"));
  return {
    resource: {
      aws_api_gateway_resource: Object.fromEntries(
        parts.map(([, path_part]) => [path_part, { parent_id: "root", path_part }]),
      ),
      aws_api_gateway_method: Object.fromEntries(
        parts.map(([http_method, path], index) => [
          `m${index}`,
          { http_method, resource_id: `\${aws_api_gateway_resource.${path}.id}` },
        ]),
      ),
    },
  };
};

test("names the routes that are gone, and how they leave the stage", () => {
  const [note, ...others] = removalNotes(rest("GET /a", "POST /b"), rest("GET /a"));
  expect(note).toMatch(/^Removed since the last synth: POST \/b\. .*npm run redeploy/);
  expect(others).toEqual([]);
});

test("has no note when a path variable is renamed", async () => {
  const folder = await synthesize();
  edit(folder, ({ resource }) => {
    resource.aws_api_gateway_resource = { c: { parent_id: "root", path_part: "{id}" } };
    resource.aws_api_gateway_method = { m: { http_method: "GET", resource_id: "${aws_api_gateway_resource.c.id}" } };
  });
  const before = readSynthesized(folder);
  edit(folder, ({ resource }) => {
    resource.aws_api_gateway_resource = { c: { parent_id: "root", path_part: "{name}" } };
  });
  expect(removalNotes(before, readSynthesized(folder))).toEqual([]);
});

test("has no note when routes are added, and when the API is of another kind", () => {
  expect(removalNotes(rest("GET /a"), rest("GET /a", "GET /b"))).toEqual([]);
  expect(removalNotes({}, rest("GET /a"))).toEqual([]);
  expect(removalNotes(rest("GET /a"), {})).toEqual([]);
});
