"""What moto 5.2.1 does otherwise than AWS, outside of API Gateway."""

from domains import serve_domains
from moto.awslambda.models import LambdaFunction
from moto.cognitoidp.exceptions import InvalidParameterException
from moto.cognitoidp.models import CognitoIdpBackend
from moto.cognitoidp.responses import CognitoIdpResponse
from queries import save_queries

KEPT = ["AliasAttributes", "UsernameAttributes", "UsernameConfiguration", "UserPoolTags"]
UNRETURNED = ["LoggingConfig", "KMSKeyArn"]


def correct():
    keep_function_config()
    check_rotation()
    protect_pools()
    keep_what_no_update_changes()
    save_queries()
    keep_email_mfa()
    serve_domains()


def keep_function_config():
    """moto accepts these and never returns them: every plan would show a difference."""
    create, update, read = LambdaFunction.__init__, LambdaFunction.update_configuration, LambdaFunction.get_configuration

    def __init__(self, account_id, spec, *rest, **named):
        self.kept = {name: spec[name] for name in UNRETURNED if spec.get(name)}
        create(self, account_id, spec, *rest, **named)

    def update_configuration(self, config_updates):
        self.kept = {**self.kept, **{name: config_updates[name] for name in UNRETURNED if config_updates.get(name)}}
        return update(self, config_updates)

    def get_configuration(self, *rest, **named):
        return {**read(self, *rest, **named), **self.kept}

    LambdaFunction.__init__ = __init__
    LambdaFunction.update_configuration = update_configuration
    LambdaFunction.get_configuration = get_configuration


def check_rotation():
    """With rotation on, Cognito rejects a client that also allows the plain refresh flow. A request that omits the rotation keeps it, as
    in moto: terraform-provider-aws#47196."""
    create, update = CognitoIdpBackend.create_user_pool_client, CognitoIdpBackend.update_user_pool_client

    def check(config):
        rotates = (config.get("RefreshTokenRotation") or {}).get("Feature") == "ENABLED"
        if rotates and "ALLOW_REFRESH_TOKEN_AUTH" in (config.get("ExplicitAuthFlows") or []):
            raise InvalidParameterException("Refresh token rotation is not compatible with ALLOW_REFRESH_TOKEN_AUTH")

    def create_user_pool_client(self, user_pool_id, generate_secret, extended_config):
        check(extended_config)
        return create(self, user_pool_id, generate_secret, extended_config)

    def update_user_pool_client(self, user_pool_id, client_id, extended_config):
        client = self.describe_user_pool(user_pool_id).clients.get(client_id)
        check({**(client.extended_config if client else {}), **extended_config})
        return update(self, user_pool_id, client_id, extended_config)

    CognitoIdpBackend.create_user_pool_client = create_user_pool_client
    CognitoIdpBackend.update_user_pool_client = update_user_pool_client


def protect_pools():
    """Cognito deletes no pool whose deletion protection is on."""
    delete = CognitoIdpBackend.delete_user_pool

    def delete_user_pool(self, user_pool_id):
        if self.describe_user_pool(user_pool_id).extended_config.get("DeletionProtection") == "ACTIVE":
            raise InvalidParameterException(
                "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first."
            )
        return delete(self, user_pool_id)

    CognitoIdpBackend.delete_user_pool = delete_user_pool


def keep_what_no_update_changes():
    """UpdateUserPool takes the default for what a request omits, but for tags and what only CreateUserPool can say; moto forgets these too."""
    update = CognitoIdpBackend.update_user_pool

    def update_user_pool(self, user_pool_id, extended_config):
        created = self.describe_user_pool(user_pool_id).extended_config
        kept = {name: created[name] for name in KEPT if name in created}
        return update(self, user_pool_id, {**kept, **extended_config})

    CognitoIdpBackend.update_user_pool = update_user_pool


def keep_email_mfa():
    """moto knows no codes by mail at sign-in. Cognito takes them of a pool only that mails by SES and recovers accounts in two ways."""
    set_config, read = CognitoIdpResponse.set_user_pool_mfa_config, CognitoIdpBackend.get_user_pool_mfa_config

    def set_user_pool_mfa_config(self):
        pool, email = self.backend.describe_user_pool(self._get_param("UserPoolId")), self._get_param("EmailMfaConfiguration")
        if email:
            config = pool.extended_config
            if (config.get("EmailConfiguration") or {}).get("EmailSendingAccount") != "DEVELOPER":
                raise InvalidParameterException("Email MFA needs an email configuration of your own.")
            if len((config.get("AccountRecoverySetting") or {}).get("RecoveryMechanisms") or []) < 2:
                raise InvalidParameterException("Email MFA needs another way of account recovery than email.")
        pool.email_mfa_config = email
        return set_config(self)

    def get_user_pool_mfa_config(self, user_pool_id):
        email = getattr(self.describe_user_pool(user_pool_id), "email_mfa_config", None)
        return {**read(self, user_pool_id), **({"EmailMfaConfiguration": email} if email else {})}

    CognitoIdpResponse.set_user_pool_mfa_config = set_user_pool_mfa_config
    CognitoIdpBackend.get_user_pool_mfa_config = get_user_pool_mfa_config
