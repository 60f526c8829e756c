import { endpoint } from "./shared/http/endpoint";

/** Returns the claims of the caller's token as the authorizer passed them. */
export const handler = endpoint({}, ({ claims }) => claims);
