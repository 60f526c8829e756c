import { removalNotes, restRoutes } from "../../build/removed-routes";
import { routeName } from "../../constructs/api/route";
import { routes } from "../../routes";
import { edit, synthesize } from "../support/folder";

test("reads the routes of a synthesized REST API", async () => {
  expect(restRoutes(await synthesize()).sort()).toEqual(routes.map(routeName).sort());
});

test("reads no route where nothing is synthesized, and none of an HTTP API", async () => {
  expect(restRoutes("/does/not/exist")).toEqual([]);
  expect(restRoutes(await synthesize({ API_TYPE: "http" }))).toEqual([]);
});

test("reads the root as a path", async () => {
  const folder = await synthesize();
  edit(folder, ({ resource }) => {
    resource.aws_api_gateway_method = { x: { http_method: "GET", resource_id: "${aws_api_gateway_rest_api.a.root}" } };
  });
  expect(restRoutes(folder)).toEqual(["GET /"]);
});

test("names what is gone, and how it leaves the stage", () => {
  const [note, ...others] = removalNotes(["GET /a", "POST /b", "GET /c/{id}"], ["GET /a", "GET /c/{name}"]);
  expect(note).toMatch(/^Removed since the last synth: POST \/b\. .*npm run redeploy/);
  expect(others).toEqual([]);
});

test("says nothing when routes are added, and when the API is of another kind", () => {
  expect(removalNotes(["GET /a"], ["GET /a", "GET /b"])).toEqual([]);
  expect(removalNotes([], ["GET /a"])).toEqual([]);
  expect(removalNotes(["GET /a"], [])).toEqual([]);
});
