import * as v from "valibot";
import { operation } from "../operation";
import { userPoolId } from "../schema";

export const describeUserPool = operation(v.object({ UserPoolId: userPoolId }), ({ UserPoolId }, context) => {
  const pool = context.pool(UserPoolId);
  const { passwordPolicy: policy, values } = pool;
  return {
    UserPool: {
      Id: pool.id,
      Arn: pool.arn,
      Name: pool.name,
      Policies: {
        PasswordPolicy: {
          MinimumLength: policy.minimum_length,
          RequireUppercase: policy.require_uppercase,
          RequireLowercase: policy.require_lowercase,
          RequireNumbers: policy.require_numbers,
          RequireSymbols: policy.require_symbols,
          TemporaryPasswordValidityDays: policy.temporary_password_validity_days,
        },
      },
      DeletionProtection: values.deletion_protection,
      MfaConfiguration: values.mfa_configuration,
      EstimatedNumberOfUsers: Object.keys(pool.state.users).length,
      // AWS names only one of the two.
      AliasAttributes: values.username_attributes.length ? undefined : values.alias_attributes,
      UsernameAttributes: values.username_attributes.length ? values.username_attributes : undefined,
      AutoVerifiedAttributes: values.auto_verified_attributes,
      UsernameConfiguration: { CaseSensitive: pool.caseSensitive },
      AdminCreateUserConfig: {
        AllowAdminCreateUserOnly: pool.adminCreateOnly,
        UnusedAccountValidityDays: policy.temporary_password_validity_days,
      },
      SchemaAttributes: pool.attributes.map(({ name, type, mutable, required }) => ({
        Name: name,
        AttributeDataType: type,
        DeveloperOnlyAttribute: false,
        Mutable: mutable,
        Required: required,
      })),
    },
  };
});
