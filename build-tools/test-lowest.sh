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
# beside the project, whose lock file would keep newer ones
npm install --prefix lowest --no-save --legacy-peer-deps "$cdk" "$constructs"
rm -r node_modules/aws-cdk-lib node_modules/constructs
cp -r lowest/node_modules/. node_modules/
for package in "$cdk" "$constructs"; do
  name=${package%@*}
  test "$name@$(node -p "require('$name/package.json').version")" = "$package"
done
npx projen bundle
npx jest --coverage=false "$@"
echo "green with $cdk and $constructs"
