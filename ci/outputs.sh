#!/bin/sh
# The stack's outputs as a Markdown table, without the sensitive ones.
# usage: sh ci/outputs.sh [FOLDER]
set -eu
folder=${1:-cdktf.out/stacks/${STAGE:-dev}}
terraform=${TERRAFORM_BINARY_NAME:-terraform}
printf '| output | value |\n|---|---|\n'
"$terraform" -chdir="$folder" output -json |
  jq -r 'to_entries[] | select(.value.sensitive | not) | "| \(.key) | `\(.value.value | tostring)` |"'
