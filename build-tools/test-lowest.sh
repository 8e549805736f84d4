#!/usr/bin/env bash
# Type-checks the sources, and runs the tests of the constructs, against the lowest versions of the peer dependencies that package.json allows.
set -euo pipefail
cd "$(dirname "$0")/.."

lowest() { node -p "require('./package.json').peerDependencies['$1'].replace('^', '')"; }
# cdk-nag and the CDK's check of templates against CloudFormation's schema are newer than the lowest CDK
newest_only=test/cluster/whole-stack.test.ts
# until aws-cdk-lib 2.271.0, what a construct has acknowledged itself does not hold for a warning that comes later; what one around it has, does
acknowledged_by_itself='(installed elsewhere, the warning|which|it) can be acknowledged'
cdk="aws-cdk-lib@$(lowest aws-cdk-lib)"
constructs="constructs@$(lowest constructs)"

project=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents --target-directory "$folder"
cd "$folder"

# what is installed in the project already, as links where the file system has them
cp -al "$project/node_modules" . 2> /dev/null || { rm -rf node_modules; npm ci; }
# beside the project, whose lock file would keep newer ones
npm install --prefix lowest --no-save --legacy-peer-deps "$cdk" "$constructs"
rm -r node_modules/aws-cdk-lib node_modules/constructs
cp -r --remove-destination lowest/node_modules/. node_modules/ # never through a link
for package in "$cdk" "$constructs"; do
  name=${package%@*}
  test "$name@$(node -p "require('$name/package.json').version")" = "$package"
done
npx projen bundle
npx tsc --noEmit
# InstanceType.of() of older CDKs is one function of 8258 bytes of bytecode, which V8 of Node.js 20 optimises for minutes in a thread for which
# the process waits after the last test
node --max-optimized-bytecode-size=8000 node_modules/.bin/jest --coverage=false --testPathIgnorePatterns "$newest_only" --testNamePattern "^(?!.*$acknowledged_by_itself)" -- "$@"
echo "green with $cdk and $constructs"
