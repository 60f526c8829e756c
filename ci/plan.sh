#!/bin/sh
# Plans a synthesized stack: FOLDER/saved.tfplan to apply, FOLDER/plan.json to review. Ends as `terraform plan` ends.
# usage: sh ci/plan.sh [FOLDER]
set -eu
folder=${1:-cdktf.out/stacks/${STAGE:-dev}}
terraform=${TERRAFORM_BINARY_NAME:-terraform}
# Both files hold secrets in clear text, whatever is marked sensitive.
umask 077
rm -f "$folder/saved.tfplan" "$folder/plan.json"
"$terraform" -chdir="$folder" init -input=false
status=0
"$terraform" -chdir="$folder" plan -input=false -out=saved.tfplan || status=$?
# A plan that was stopped half-way is written too, and the review says that it is one.
if [ -f "$folder/saved.tfplan" ]; then
  "$terraform" -chdir="$folder" show -json saved.tfplan >"$folder/plan.json"
fi
exit "$status"
