"""What moto 5.2.1 does otherwise than AWS, outside of API Gateway."""

from moto.awslambda.models import LambdaFunction
from moto.cognitoidp.models import CognitoIdpBackend


def correct():
    keep_logging_config()
    reset_omitted_rotation()


def keep_logging_config():
    """moto accepts LoggingConfig and never returns it: every plan would show a difference."""
    create, update, read = LambdaFunction.__init__, LambdaFunction.update_configuration, LambdaFunction.get_configuration

    def __init__(self, account_id, spec, *rest, **named):
        self.logging_config = spec.get("LoggingConfig")
        create(self, account_id, spec, *rest, **named)

    def update_configuration(self, config_updates):
        self.logging_config = config_updates.get("LoggingConfig", self.logging_config)
        return update(self, config_updates)

    def get_configuration(self, *rest, **named):
        content = read(self, *rest, **named)
        if self.logging_config:
            content["LoggingConfig"] = self.logging_config
        return content

    LambdaFunction.__init__ = __init__
    LambdaFunction.update_configuration = update_configuration
    LambdaFunction.get_configuration = get_configuration


def reset_omitted_rotation():
    """UpdateUserPoolClient takes the default for what a request omits; moto keeps the old value."""
    update = CognitoIdpBackend.update_user_pool_client

    def update_user_pool_client(self, user_pool_id, client_id, extended_config):
        client = self.describe_user_pool(user_pool_id).clients.get(client_id)
        if client and "RefreshTokenRotation" not in extended_config:
            client.extended_config.pop("RefreshTokenRotation", None)
        return update(self, user_pool_id, client_id, extended_config)

    CognitoIdpBackend.update_user_pool_client = update_user_pool_client
