import { readClaims } from "./shared/http/claims";
import { endpoint } from "./shared/http/endpoint";
import { noBody } from "./shared/schemas";

/** Returns the claims of the caller's token as the authorizer passed them. */
export const handler = endpoint({ body: noBody, purpose: "to see the claims" }, (_body, { event }) =>
  readClaims(event),
);
