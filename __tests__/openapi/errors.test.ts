/** What the rows of the route table say of errors, against the handlers. */
import { readFileSync } from "node:fs";
import { readConfig } from "../../config";
import { handlerFile } from "../../constructs/api/route";
import { CognitoError } from "../../functions/shared/cognito/cognito-error";
import { type ErrorResponses, errorResponse } from "../../functions/shared/cognito/error-responses";
import { errorsOf } from "../../openapi/errors";
import { routes } from "../../routes";
import { coldHandler } from "../functions/support/handlers";

const settings = readConfig({});
const found = routes.map((row) => [`${row.method} ${row.path}`, row] as const);

/** Of errors that any request to Cognito can have. */
const ofCognito = [
  "InvalidValue",
  "UserLambdaValidationException",
  "UserNotConfirmedException",
  "ForbiddenException",
  "TooManyRequestsException",
  "LimitExceededException",
  "InternalErrorException",
  "Unreachable",
  "InvalidResponse",
  "Timeout",
].map((type) => errorResponse(new CognitoError("InitiateAuth", type), {}, "id").status);

test.each(found)("%s documents each status that its handler maps an error to", (_, row) => {
  const { errors = {} } = coldHandler(row.function).schemas as { readonly errors?: ErrorResponses };
  const mapped = Object.values(errors).map((one) => (typeof one === "function" ? one("") : one).status);
  const source = readFileSync(handlerFile(row.function), "utf8");
  const thrown = [...source.matchAll(/new HttpError\((\d+)/g)].map(([, status]) => Number(status));
  const common = /\b(callCognito|appClient)\(/.test(source) ? ofCognito : [];
  const documented = errorsOf(row, settings);
  expect([...mapped, ...thrown, ...common].filter((status) => !documented.has(status))).toEqual([]);
});

test("knows the statuses of Cognito's errors", () => {
  expect(new Set(ofCognito)).toEqual(new Set([400, 403, 429, 502, 504]));
});
