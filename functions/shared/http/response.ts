import type { APIGatewayProxyResult } from "aws-lambda";
import type { Refusal } from "../errors";
import type { Headers } from "./cors";

/** `{"message":"success","error":false,"success":true,"data":...}` */
export const success = (data: unknown, cors: Headers): APIGatewayProxyResult =>
  answer(200, { message: "success", error: false, success: true, data }, cors);

/** `{"message":"<why>","error":true,"success":false,"data":null}` */
export const failure = ({ status, message, retryAfter }: Refusal, cors: Headers): APIGatewayProxyResult =>
  answer(
    status,
    { message, error: true, success: false, data: null },
    retryAfter === undefined ? cors : { ...cors, "Retry-After": String(retryAfter) },
  );

/** Answers hold tokens and what Cognito knows of a user: nobody may store them. */
const answer = (statusCode: number, envelope: object, headers: Headers): APIGatewayProxyResult => ({
  statusCode,
  headers: {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    ...headers,
  },
  body: JSON.stringify(envelope),
});
