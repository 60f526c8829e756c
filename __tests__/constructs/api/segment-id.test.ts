import { loginBody as body } from "../../../functions/shared/schemas";
import { addresses, resources, type Synthesized } from "../../support/synth";
import { privateRoute, publicRoute, synthApi, synthHttpApi } from "../support";

const at = (...paths: string[]) => ({ routes: paths.map((path) => ({ ...privateRoute, path })) });
const moves = (json: Synthesized) => (json as unknown as { moved?: { from: string; to: string }[] }).moved ?? [];

test.each([
  ["REST", synthApi],
  ["HTTP", synthHttpApi],
])("a renamed path variable keeps every address of a %s API", (_, synth) => {
  const before = synth(at("/orders/{id}", "/orders/{id}/lines/{line}"));
  expect(addresses(synth(at("/orders/{name}", "/orders/{name}/lines/{part}")))).toEqual(addresses(before));
});

test("a variable and a segment of the same name keep different addresses", () => {
  expect(resources(synthApi(at("/orders/{variable}", "/orders/variable")), "aws_api_gateway_resource")).toHaveLength(3);
});

test("resources below a variable move from the addresses that held its name", () => {
  const json = synthApi(at("/orders/{id}"));
  expect(moves(json)).toContainEqual({
    from: "aws_api_gateway_resource.api_orders_id_resource_B4B17571",
    to: expect.stringMatching(/^aws_api_gateway_resource\.api_orders_variable_resource_/),
  });
  const below = addresses(json).filter((address) => address.includes("variable"));
  expect(
    moves(json)
      .map(({ to }) => to)
      .sort(),
  ).toEqual(below);
});

test("no address moves where no path has a variable", () => {
  expect(moves(synthApi())).toEqual([]);
});

const modelNames = (...paths: string[]) =>
  resources(synthApi({ routes: paths.map((path) => ({ ...publicRoute, path, body })) }), "aws_api_gateway_model").map(
    ({ name }) => String(name),
  );

test("models of similar paths have different names of letters and digits", () => {
  const paths = ["/log-in", "/login", "/log_in", "/logIn", "/users/{id}", "/users/id", "/a/1", "/a1", "/usersid", "/"];
  const names = modelNames(...paths);
  expect(new Set(names).size).toBe(paths.length);
  expect(names.filter((name) => !/^[A-Za-z0-9]+$/.test(name))).toEqual([]);
});

test("a model keeps its name when another route comes, and when a variable is renamed", () => {
  expect(modelNames("/log-in")[0]).toBe(modelNames("/log-in", "/login")[0]);
  expect(modelNames("/user/login")).toEqual(["PostUserLogin"]);
  expect(modelNames("/users/{id}")).toEqual(modelNames("/users/{name}"));
});
