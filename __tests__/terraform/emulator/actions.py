"""Print the operations of AWS services as {"logs": ["PutLogEvents", ...]}: what an IAM policy's actions can name."""

import json
import sys

import botocore.session

session = botocore.session.get_session()
print(json.dumps({name: session.get_service_model(name).operation_names for name in sys.argv[1:]}))
