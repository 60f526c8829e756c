import { review } from "../../../review/report";
import { api, deployed, METHOD, methodValues } from "../support/api";
import { created, destroyed, planOf, updated } from "../support/plan";

const RESOURCE = "aws_api_gateway_resource.order";
const resource = (part: string) => ({ id: "res2", rest_api_id: "api1", parent_id: "root1", path_part: part });
const method = (name: string, id = "res2") => ({
  ...methodValues,
  resource_id: id,
  request_parameters: { [`method.request.path.${name}`]: true },
});

test("a path variable that is renamed in place breaks no client", () => {
  const plan = planOf([
    ...api,
    updated(RESOURCE, resource("{id}"), resource("{name}")),
    updated(METHOD, method("id"), method("name")),
    ...deployed,
  ]);
  expect(review(plan, []).dangers).toEqual([]);
});

test("a path variable that is renamed by another resource breaks no client", () => {
  const plan = planOf([
    ...api,
    destroyed(RESOURCE, resource("{id}")),
    created("aws_api_gateway_resource.other", { ...resource("{name}"), id: "res3" }),
    destroyed(METHOD, method("id")),
    created("aws_api_gateway_method.other", method("name", "res3")),
    ...deployed,
  ]);
  expect(review(plan, []).dangers).toEqual([]);
});

test.each(["{id}", "orders"])("a segment %s that becomes another kind takes a route away", (before) => {
  const after = before === "orders" ? "{id}" : "orders";
  const plan = planOf([
    ...api,
    updated(RESOURCE, resource(before), resource(after)),
    updated(METHOD, method("id"), method("id")),
    ...deployed,
  ]);
  expect(review(plan, []).dangers).toMatchObject([{ kind: "clients-broken" }]);
});
