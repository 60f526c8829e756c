import { AwsV4Signer } from "aws4fetch";
import { DynamoDbError, dynamoDb } from "../../functions/shared/dynamodb";
import { type FakeResponse, fails, fakeRequests, rejects, responds, type SentRequest } from "./support/fake-cognito";
import { environment, useEnvironment } from "./support/handlers";

useEnvironment();

const signal = new AbortController().signal;
const key = { TableName: "notes", Key: { owner: "ada", id: "a1" } };

/** @returns the requests so far, a list that grows */
function fakeTable(...responses: readonly FakeResponse[]): SentRequest[] {
  const requests: SentRequest[] = [];
  fakeRequests((request) => {
    requests.push(request);
    return responses[requests.length - 1] ?? responds({});
  });
  return requests;
}

test("sends plain items in DynamoDB's own form, to the region's endpoint, signed as the function's role", async () => {
  const [request] = await sent(() =>
    dynamoDb(
      "PutItem",
      {
        TableName: "notes",
        Item: { owner: "ada", n: 1.5, list: ["x", null], map: { Item: true }, none: undefined, set: new Set(["a"]) },
        ExpressionAttributeValues: { ":one": 1, ":none": undefined },
      },
      signal,
    ),
  );
  expect(request?.input).toEqual({
    TableName: "notes",
    Item: {
      owner: { S: "ada" },
      n: { N: "1.5" },
      list: { L: [{ S: "x" }, { NULL: true }] },
      map: { M: { Item: { BOOL: true } } },
      set: { SS: ["a"] },
    },
    ExpressionAttributeValues: { ":one": { N: "1" } },
  });
  expect(request?.url).toBe("https://dynamodb.us-east-1.amazonaws.com/");
  expect(request?.headers.get("x-amz-target")).toBe("DynamoDB_20120810.PutItem");
  expect(request?.headers.get("content-type")).toBe("application/x-amz-json-1.0");
  const signer = new AwsV4Signer({
    url: request?.url ?? "",
    headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": "DynamoDB_20120810.PutItem" },
    allHeaders: true,
    body: JSON.stringify(request?.input),
    service: "dynamodb",
    region: "us-east-1",
    accessKeyId: environment.AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? "",
    sessionToken: environment.AWS_SESSION_TOKEN ?? "",
    datetime: request?.headers.get("x-amz-date") ?? "",
  });
  expect(request?.headers.get("authorization")).toBe(await signer.authHeader());
});

test("returns plain items, and the rest of the output as it is", async () => {
  fakeTable(responds({ Items: [{ id: { S: "a1" }, n: { N: "2" } }], LastEvaluatedKey: { id: { S: "a1" } }, Count: 1 }));
  expect(await dynamoDb("Query", { TableName: "notes" }, signal)).toEqual({
    Items: [{ id: "a1", n: 2 }],
    LastEvaluatedKey: { id: "a1" },
    Count: 1,
  });
});

test.each(["AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL"])("goes to the endpoint of the SDKs' %s", async (name) => {
  process.env.AWS_ENDPOINT_URL = "http://127.0.0.1:1";
  process.env[name] = "http://127.0.0.1:9229";
  const [request] = await sent(() => dynamoDb("GetItem", key, signal));
  expect(request?.url).toBe("http://127.0.0.1:9229/");
});

test.each([
  ["throttling", rejects("com.amazon.coral.availability#ThrottlingException")],
  ["an error of the service", rejects("InternalServerError", "", 500)],
  ["a page in place of JSON", responds("<html>", 503)],
  ["a lost connection", fails(new Error("ECONNRESET"))],
])("fails in %s only after two more attempts", async (_, failure) => {
  const requests = fakeTable(failure, failure);
  expect(await dynamoDb("GetItem", key, signal)).toEqual({});
  expect(requests).toHaveLength(3);
  const again = fakeTable(failure, failure, failure);
  await expect(dynamoDb("GetItem", key, signal)).rejects.toThrow(Error);
  expect(again).toHaveLength(3);
});

test("fails at once with DynamoDB's own error where another attempt would fail too", async () => {
  const type = "ConditionalCheckFailedException";
  const requests = fakeTable(rejects(`com.amazonaws.dynamodb.v20120810#${type}`, "The conditional request failed"));
  const error = await dynamoDb("PutItem", { TableName: "notes", Item: { id: "a1" } }, signal).catch((error) => error);
  expect(error).toBeInstanceOf(DynamoDbError);
  expect(error).toMatchObject({ name: type, message: "The conditional request failed", status: 400 });
  expect(requests).toHaveLength(1);
});

test("fails without another attempt once its caller has given up", async () => {
  const given = new AbortController();
  const requests = fakeTable(() => {
    given.abort();
    return Promise.reject(given.signal.reason);
  });
  await expect(dynamoDb("GetItem", key, given.signal)).rejects.toMatchObject({ name: "TimeoutError" });
  expect(requests).toHaveLength(1);
});

async function sent(call: () => Promise<unknown>): Promise<SentRequest[]> {
  const requests = fakeTable();
  await call();
  return requests;
}
