import * as v from "valibot";
import { operation } from "../operation";
import { userPoolId } from "../schema";

export const getUserPoolMfaConfig = operation(v.object({ UserPoolId: userPoolId }), ({ UserPoolId }, context) => {
  const { values } = context.pool(UserPoolId);
  return {
    SoftwareTokenMfaConfiguration: { Enabled: values.software_token_mfa_configuration.enabled },
    EmailMfaConfiguration: [values.email_mfa_configuration ?? []].flat().length > 0 ? {} : undefined,
    MfaConfiguration: values.mfa_configuration,
  };
});
