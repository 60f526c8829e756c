import type { Operation } from "../operation";
import { addUserPoolClientSecret } from "./add-user-pool-client-secret";
import { adminAddUserToGroup } from "./admin-add-user-to-group";
import { adminConfirmSignUp } from "./admin-confirm-sign-up";
import { adminCreateUser } from "./admin-create-user";
import { adminDeleteUser } from "./admin-delete-user";
import { adminDisableUser } from "./admin-disable-user";
import { adminEnableUser } from "./admin-enable-user";
import { adminGetUser } from "./admin-get-user";
import { adminInitiateAuth } from "./admin-initiate-auth";
import { adminListGroupsForUser } from "./admin-list-groups-for-user";
import { adminRemoveUserFromGroup } from "./admin-remove-user-from-group";
import { adminResetUserPassword } from "./admin-reset-user-password";
import { adminRespondToAuthChallenge } from "./admin-respond-to-auth-challenge";
import { adminSetUserPassword } from "./admin-set-user-password";
import { adminUpdateUserAttributes } from "./admin-update-user-attributes";
import { adminUserGlobalSignOut } from "./admin-user-global-sign-out";
import { associateSoftwareToken } from "./associate-software-token";
import { changePassword } from "./change-password";
import { confirmForgotPassword } from "./confirm-forgot-password";
import { confirmSignUp } from "./confirm-sign-up";
import { createGroup } from "./create-group";
import { deleteGroup } from "./delete-group";
import { deleteUser } from "./delete-user";
import { adminDeleteUserAttributes, deleteUserAttributes } from "./delete-user-attributes";
import { deleteUserPoolClientSecret } from "./delete-user-pool-client-secret";
import { describeUserPool } from "./describe-user-pool";
import { describeUserPoolClient } from "./describe-user-pool-client";
import { forgotPassword } from "./forgot-password";
import { getGroup } from "./get-group";
import { getTokensFromRefreshToken } from "./get-tokens-from-refresh-token";
import { getUser } from "./get-user";
import { getUserAttributeVerificationCode } from "./get-user-attribute-verification-code";
import { getUserPoolMfaConfig } from "./get-user-pool-mfa-config";
import { globalSignOut } from "./global-sign-out";
import { initiateAuth } from "./initiate-auth";
import { listGroups } from "./list-groups";
import { listUserPoolClientSecrets } from "./list-user-pool-client-secrets";
import { listUserPoolClients } from "./list-user-pool-clients";
import { listUserPools } from "./list-user-pools";
import { listUsers } from "./list-users";
import { listUsersInGroup } from "./list-users-in-group";
import { resendConfirmationCode } from "./resend-confirmation-code";
import { respondToAuthChallenge } from "./respond-to-auth-challenge";
import { revokeToken } from "./revoke-token";
import { adminSetUserMfaPreference, setUserMfaPreference } from "./set-user-mfa-preference";
import { signUp } from "./sign-up";
import { updateUserAttributes } from "./update-user-attributes";
import { verifySoftwareToken } from "./verify-software-token";
import { verifyUserAttribute } from "./verify-user-attribute";

/** The emulated operations, by their name in `X-Amz-Target`. */
export const operations: Readonly<Record<string, Operation>> = {
  AddUserPoolClientSecret: addUserPoolClientSecret,
  AdminAddUserToGroup: adminAddUserToGroup,
  AdminConfirmSignUp: adminConfirmSignUp,
  AdminCreateUser: adminCreateUser,
  AdminDeleteUser: adminDeleteUser,
  AdminDeleteUserAttributes: adminDeleteUserAttributes,
  AdminDisableUser: adminDisableUser,
  AdminEnableUser: adminEnableUser,
  AdminGetUser: adminGetUser,
  AdminInitiateAuth: adminInitiateAuth,
  AdminListGroupsForUser: adminListGroupsForUser,
  AdminRemoveUserFromGroup: adminRemoveUserFromGroup,
  AdminResetUserPassword: adminResetUserPassword,
  AdminRespondToAuthChallenge: adminRespondToAuthChallenge,
  AdminSetUserMFAPreference: adminSetUserMfaPreference,
  AdminSetUserPassword: adminSetUserPassword,
  AdminUpdateUserAttributes: adminUpdateUserAttributes,
  AdminUserGlobalSignOut: adminUserGlobalSignOut,
  AssociateSoftwareToken: associateSoftwareToken,
  ChangePassword: changePassword,
  ConfirmForgotPassword: confirmForgotPassword,
  ConfirmSignUp: confirmSignUp,
  CreateGroup: createGroup,
  DeleteGroup: deleteGroup,
  DeleteUser: deleteUser,
  DeleteUserAttributes: deleteUserAttributes,
  DeleteUserPoolClientSecret: deleteUserPoolClientSecret,
  DescribeUserPool: describeUserPool,
  DescribeUserPoolClient: describeUserPoolClient,
  ForgotPassword: forgotPassword,
  GetGroup: getGroup,
  GetTokensFromRefreshToken: getTokensFromRefreshToken,
  GetUser: getUser,
  GetUserAttributeVerificationCode: getUserAttributeVerificationCode,
  GetUserPoolMfaConfig: getUserPoolMfaConfig,
  GlobalSignOut: globalSignOut,
  InitiateAuth: initiateAuth,
  ListGroups: listGroups,
  ListUserPoolClientSecrets: listUserPoolClientSecrets,
  ListUserPoolClients: listUserPoolClients,
  ListUserPools: listUserPools,
  ListUsers: listUsers,
  ListUsersInGroup: listUsersInGroup,
  ResendConfirmationCode: resendConfirmationCode,
  RespondToAuthChallenge: respondToAuthChallenge,
  RevokeToken: revokeToken,
  SetUserMFAPreference: setUserMfaPreference,
  SignUp: signUp,
  UpdateUserAttributes: updateUserAttributes,
  VerifySoftwareToken: verifySoftwareToken,
  VerifyUserAttribute: verifyUserAttribute,
};
