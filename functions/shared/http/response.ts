import type { APIGatewayProxyResult } from "aws-lambda";
import type { ErrorResponse } from "../error-response";
import type { Headers } from "./cors";

/** `{"message":"success","error":false,"success":true,"data":...}` */
export const success = (data: unknown, cors: Headers): APIGatewayProxyResult =>
  response(200, { message: "success", error: false, success: true, data }, cors);

/** `{"message":"<why>","error":true,"success":false,"data":null}` */
export const failure = ({ status, message, retryAfter }: ErrorResponse, cors: Headers): APIGatewayProxyResult =>
  response(
    status,
    { message, error: true, success: false, data: null },
    retryAfter === undefined ? cors : { ...cors, "Retry-After": String(retryAfter) },
  );

/** `no-store`: responses hold tokens and attributes of users. */
const response = (statusCode: number, envelope: object, headers: Headers): APIGatewayProxyResult => ({
  statusCode,
  headers: {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    ...headers,
  },
  body: JSON.stringify(envelope),
});
