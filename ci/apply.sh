#!/bin/sh
# Applies exactly the plan that was saved; Terraform rejects it if the state has changed since. If the plan removes what a REST API serves,
# one more deployment follows, because the first one still holds it.
# usage: sh ci/apply.sh [FOLDER]
set -eu
folder=${1:-cdktf.out/stacks/${STAGE:-dev}}
terraform=${TERRAFORM_BINARY_NAME:-terraform}
"$terraform" -chdir="$folder" init -input=false -lockfile=readonly
# Methods, models, gateway responses, ...: everything that a deployment copies.
served='authorizer|gateway_response|integration|integration_response|method|method_response|model|request_validator|resource'
removed=$("$terraform" -chdir="$folder" show -no-color saved.tfplan |
  grep -E "^  # (.+\.)?aws_api_gateway_($served)\..+ (will be destroyed|must be replaced)" || true)
"$terraform" -chdir="$folder" apply -input=false saved.tfplan
[ -z "$removed" ] || sh "$(dirname "$0")/redeploy.sh" "$folder"
