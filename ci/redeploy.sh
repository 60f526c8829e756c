#!/bin/sh
# Replaces the deployments of a stack's REST APIs. A deployment is a snapshot that is taken before Terraform deletes what the code no
# longer has, so after such an apply the stage still serves it: docs/decisions/0007-removed-routes.md.
# usage: sh ci/redeploy.sh [FOLDER]
set -eu
set -f
folder=${1:-cdktf.out/stacks/${STAGE:-dev}}
terraform=${TERRAFORM_BINARY_NAME:-terraform}
deployments=$("$terraform" -chdir="$folder" state list | grep -E '(^|\.)aws_api_gateway_deployment\.' || true)
[ -n "$deployments" ] || exit 0
umask 077
"$terraform" -chdir="$folder" plan -input=false -refresh=false -out=redeploy.tfplan $(printf -- '-replace=%s ' $deployments)
others=$("$terraform" -chdir="$folder" show -no-color redeploy.tfplan |
  grep -E '^  # .+ (will|must) be ' | grep -Ev '^  # (.+\.)?aws_api_gateway_(deployment\..+ (will|must) be replaced|stage\..+ will be updated)' || true)
if [ -n "$others" ]; then
  rm -f "$folder/redeploy.tfplan"
  printf 'The stack has changed since the plan, so that nothing was deployed again. Plan and apply once more:\n%s\n' "$others" >&2
  exit 1
fi
"$terraform" -chdir="$folder" apply -input=false redeploy.tfplan
rm -f "$folder/redeploy.tfplan"
