import { AwsV4Signer } from "aws4fetch";
import { failure, operatorHeader, poolArn, poolId, type Running, role, startCognito } from "./harness";

let cognito: Running;
beforeAll(async () => {
  cognito = await startCognito();
  await cognito.user("ada");
});
afterAll(() => cognito.close());

const body = JSON.stringify({ UserPoolId: poolId, Username: "ada" });

/** A call signed as a function signs it. */
async function signed(
  operation: string,
  options: Partial<ConstructorParameters<typeof AwsV4Signer>[0]> = {},
  sent = body,
) {
  const signer = new AwsV4Signer({
    url: cognito.url,
    method: "POST",
    headers: cognito.headersOf(operation),
    body,
    service: "cognito-idp",
    region: "us-east-1",
    datetime: "20260101T000000Z",
    ...role.credentials,
    ...options,
  });
  const { headers } = await signer.sign();
  return cognito.raw(Object.fromEntries(headers), sent);
}

const denied = (operation: string, resource = poolArn) =>
  failure(
    "AccessDeniedException",
    `User: ${role.arn} is not authorized to perform: cognito-idp:${operation} on resource: ${resource} because no identity-based policy allows the cognito-idp:${operation} action`,
  );
const badSignature = failure("InvalidSignatureException", /^The request signature we calculated does not match/);
const badToken = failure("UnrecognizedClientException", "The security token included in the request is invalid.");

test("a function may do what its role's policy allows", async () => {
  expect(await signed("AdminGetUser")).toMatchObject({ status: 200, body: { Username: "ada" } });
});

test("a function may sign more headers than required", async () => {
  expect((await signed("AdminGetUser", { allHeaders: true })).status).toBe(200);
});

test("rejects what the role's policy does not allow, before it validates the request", async () => {
  expect(await signed("AdminDeleteUser")).toEqual(denied("AdminDeleteUser"));
  const elsewhere = JSON.stringify({ UserPoolId: "us-east-1_elsewhere" });
  expect(await signed("AdminGetUser", { body: elsewhere }, elsewhere)).toEqual(
    denied("AdminGetUser", poolArn.replace(poolId, "us-east-1_elsewhere")),
  );
  expect(await signed("ListUserPools", { body: "{}" }, "{}")).toEqual(
    denied("ListUserPools", poolArn.replace(poolId, "*")),
  );
});

test("rejects a signature by another secret, over another body, service or time", async () => {
  expect(await signed("AdminGetUser", { secretAccessKey: "guess" })).toEqual(badSignature);
  expect(await signed("AdminGetUser", {}, JSON.stringify({ UserPoolId: poolId, Username: "eve" }))).toEqual(
    badSignature,
  );
  expect(await signed("AdminGetUser", { service: "s3" })).toEqual(badSignature);
});

test("rejects a role's key with another session, and unknown temporary keys", async () => {
  expect(await signed("AdminGetUser", { sessionToken: "another" })).toEqual(badToken);
  expect(await signed("AdminGetUser", { accessKeyId: "ASIAUNKNOWN" })).toEqual(badToken);
});

test("the developer's keys may do everything", async () => {
  expect((await signed("AdminGetUser", { accessKeyId: "AKIAANYTHING", secretAccessKey: "any" })).status).toBe(200);
});

describe("an unsigned call is rejected by", () => {
  test.each([
    "AdminAddUserToGroup",
    "AdminConfirmSignUp",
    "AdminCreateUser",
    "AdminDeleteUser",
    "AdminDisableUser",
    "AdminEnableUser",
    "AdminGetUser",
    "AdminListGroupsForUser",
    "AdminRemoveUserFromGroup",
    "AdminSetUserPassword",
    "AdminUpdateUserAttributes",
    "AdminUserGlobalSignOut",
    "AddUserPoolClientSecret",
    "DeleteUserPoolClientSecret",
    "DescribeUserPool",
    "DescribeUserPoolClient",
    "ListUserPoolClientSecrets",
    "ListUserPoolClients",
    "ListUserPools",
    "ListUsers",
  ])("%s", async (operation) => {
    expect(await cognito.call(operation, { UserPoolId: poolId, Username: "ada" })).toEqual(
      failure("MissingAuthenticationTokenException", "Missing Authentication Token"),
    );
  });
});

describe("an unsigned call is not rejected as such by", () => {
  test.each([
    "ChangePassword",
    "ConfirmForgotPassword",
    "ConfirmSignUp",
    "DeleteUser",
    "ForgotPassword",
    "GetTokensFromRefreshToken",
    "GetUser",
    "GlobalSignOut",
    "InitiateAuth",
    "ResendConfirmationCode",
    "RespondToAuthChallenge",
    "RevokeToken",
    "SignUp",
    "UpdateUserAttributes",
    "VerifyUserAttribute",
  ])("%s", async (operation) => {
    expect((await cognito.call(operation, {})).body.__type).toBe("InvalidParameterException");
  });
});

test.each(["Bearer x", "AWS4-HMAC-SHA256 Credential=", operatorHeader.replace("Signature", "Sign")])(
  "rejects the authorization header %s",
  async (Authorization) => {
    const response = await cognito.raw({ ...cognito.headersOf("AdminGetUser"), Authorization }, body);
    expect(response).toEqual(failure("IncompleteSignatureException", /^Authorization header requires/));
  },
);
