import { decodeJwt } from "jose";
import { failure, type Running, startCognito } from "./harness";

let cognito: Running;
beforeEach(async () => {
  cognito = await startCognito({
    groups: [{ name: "admin", user_pool_id: "us-east-1_aBcDeFgHi", description: "May do more", precedence: 5 }],
  });
  await cognito.user("ada");
});
afterEach(() => cognito.close());

const create = (GroupName: string, more: object = {}) => cognito.admin("CreateGroup", { GroupName, ...more });

test("lists the groups of the JSON and those that were created, in order of precedence", async () => {
  await create("editors", { Precedence: 1, Description: "Write" });
  await create("readers");
  const { body } = await cognito.admin("ListGroups");
  expect(body.Groups).toMatchObject([
    { GroupName: "editors", Precedence: 1, Description: "Write" },
    { GroupName: "admin", Precedence: 5, Description: "May do more" },
    { GroupName: "readers" },
  ]);
  const { body: first } = await cognito.admin("ListGroups", { Limit: 1 });
  expect(first).toMatchObject({ Groups: [{ GroupName: "editors" }], NextToken: expect.any(String) });
});

test("a created group has members, and stands in their tokens", async () => {
  await create("editors");
  await cognito.admin("AdminAddUserToGroup", { Username: "ada", GroupName: "editors" });
  const { IdToken } = await cognito.tokens("ada");
  expect(decodeJwt(IdToken)["cognito:groups"]).toEqual(["editors"]);
  const { body } = await cognito.admin("ListUsersInGroup", { GroupName: "editors" });
  expect(body.Users).toMatchObject([{ Username: "ada", Attributes: expect.any(Array) }]);
  expect((await cognito.admin("ListUsersInGroup", { GroupName: "admin" })).body.Users).toEqual([]);
});

test("a deleted group has no members, even if it comes back", async () => {
  await create("editors");
  await cognito.admin("AdminAddUserToGroup", { Username: "ada", GroupName: "editors" });
  expect((await cognito.admin("DeleteGroup", { GroupName: "editors" })).status).toBe(200);
  expect(await cognito.admin("GetGroup", { GroupName: "editors" })).toEqual(
    failure("ResourceNotFoundException", "Group not found."),
  );
  await create("editors");
  expect((await cognito.admin("AdminListGroupsForUser", { Username: "ada" })).body.Groups).toEqual([]);
});

test("rejects a second group of a name, and the deletion of one of the JSON", async () => {
  expect((await cognito.admin("GetGroup", { GroupName: "admin" })).body.Group).toMatchObject({ Precedence: 5 });
  expect((await create("admin")).body.__type).toBe("GroupExistsException");
  expect((await cognito.admin("DeleteGroup", { GroupName: "admin" })).body.__type).toBe("InvalidParameterException");
});

test("an existing pool gets the group admin when it is created", async () => {
  await cognito.close();
  cognito = await startCognito({ existing: true, groups: [] });
  await cognito.user("ada");
  const member = { Username: "ada", GroupName: "admin" };
  expect((await cognito.admin("AdminAddUserToGroup", member)).body.__type).toBe("ResourceNotFoundException");
  await create("admin");
  expect((await cognito.admin("AdminAddUserToGroup", member)).status).toBe(200);
});
