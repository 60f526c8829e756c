/** The same requests about users in every state, on a REST API: see `states.ts`. In two files, which two workers run. */
import { COGNITO_USER_POOL_ID, describeStates } from "./states";

describeStates("pool of the stack", { MFA: "optional" });
describeStates("existing pool of user names", { COGNITO_USER_POOL_ID }, "username");
