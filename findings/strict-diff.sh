#!/usr/bin/env bash
# Versions: aws-cdk 2.1148.1, aws-cdk-lib 2.276.0, constructs 10.5.1, Node.js 20 and newer.
# Expected: `cdk diff --strict` is, by its help, a diff that leaves nothing out ("Do not filter out AWS::CDK::Metadata resources, mangled non-ASCII characters, or the CheckBootstrapVersionRule").
# Seen: the global option of the same name wins, too: one warning annotation ends the command with 1, and no diff is printed.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund aws-cdk@2.1148.1 aws-cdk-lib@2.276.0 constructs@10.5.1
cat > app.js <<'JS'
const { Annotations, App, CfnResource, Stack } = require('aws-cdk-lib');
const app = new App();
const stack = new Stack(app, 'Stack');
new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
Annotations.of(stack).addWarningV2('demo:warning', 'something to look at');
JS
echo '{ "Resources": {} }' > deployed.json
export CDK_DISABLE_CLI_TELEMETRY=true CDK_DISABLE_VERSION_CHECK=true CDK_VALIDATION=false AWS_EC2_METADATA_DISABLED=true
diff_of() { npx cdk diff --app 'node app.js' --no-notices --template deployed.json "$@" > out 2>&1 && echo 0 || echo $?; }
usual=$(diff_of); usual_diff=$(grep -c 'AWS::SNS::Topic' out || true)
strict=$(diff_of --strict); strict_diff=$(grep -c 'AWS::SNS::Topic' out || true)
echo "cdk diff:          ends with $usual, $usual_diff line of the diff"
echo "cdk diff --strict: ends with $strict, $strict_diff lines of the diff"
test "$usual" = 0; test "$usual_diff" = 1
if [ "$strict" != 1 ] || [ "$strict_diff" != 0 ]; then echo 'changed'; exit 1; fi
echo 'as described: with --strict a warning costs the diff'
