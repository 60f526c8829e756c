#!/bin/sh
# Applies exactly the plan that was saved. Terraform itself refuses it when the state has changed since.
# usage: sh ci/apply.sh [FOLDER]
set -eu
folder=${1:-cdktf.out/stacks/${STAGE:-dev}}
terraform -chdir="$folder" init -input=false -lockfile=readonly
terraform -chdir="$folder" apply -input=false saved.tfplan
