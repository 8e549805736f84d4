#!/usr/bin/env bash
# Runs the tests of the constructs against the lowest versions of the peer dependencies that package.json allows.
set -euo pipefail
cd "$(dirname "$0")/.."

lowest() { node -p "require('./package.json').peerDependencies['$1'].replace('^', '')"; }
cdk="aws-cdk-lib@$(lowest aws-cdk-lib)"
constructs="constructs@$(lowest constructs)"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents --target-directory "$folder"
cd "$folder"

npm ci
npm install --no-save --legacy-peer-deps "$cdk" "$constructs"
npx projen bundle
npx jest --coverage=false "$@"
echo "green with $cdk and $constructs"
