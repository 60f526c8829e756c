/** The same requests about users in every state, on an HTTP API: see `states.ts`. In two files, which two workers run. */
import { COGNITO_USER_POOL_ID, describeStates } from "./states";

describeStates("cookie", { API_TYPE: "http", MFA: "optional", REFRESH_TOKEN_COOKIE: "true" });
describeStates("existing pool of addresses", { API_TYPE: "http", COGNITO_USER_POOL_ID }, "email");
