#!/usr/bin/env bash
# Versions: aws-cdk-lib 2.276.0, constructs 10.6.0, Node.js 20 and newer.
# Expected: an app that looks an image up can be synthesised without the CLI, as tests do: the CDK itself gives it a dummy, and the manifest says what is missing.
# Seen: with the feature flag @aws-cdk/core:validateAgainstDefaultRules, which is recommended and which `cdk init` sets in new apps, the CDK's own check of templates
#       refuses the CDK's own dummy: ImageId 'dummy-value-for-/golden/image_id' "does not match format 'AWS::EC2::Image.Id'" (E1152). The manifest is written before
#       that, so that with the CLI the value is looked up and the app runs again, without the error. An app that runs alone (`node app.js`, a unit test) throws.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund aws-cdk-lib@2.276.0 constructs@10.6.0
cat > app.js <<'APP'
const { App, Stack, aws_ec2: ec2, aws_ssm: ssm } = require('aws-cdk-lib');
const flag = '@aws-cdk/core:validateAgainstDefaultRules';
const app = new App({ outdir: 'cdk.out', context: { [flag]: process.argv[2] === 'true' } });
const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'us-west-2' } });
const imageId = ssm.StringParameter.valueFromLookup(stack, '/golden/image_id');
new ec2.CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { imageId } });
try {
  const missing = app.synth().manifest.missing.map(({ props }) => props.parameterName);
  console.log(`${flag} ${process.argv[2]}: to be looked up: ${missing}`);
} catch (error) {
  console.log(`${flag} ${process.argv[2]}: ${error.name}`);
  process.exitCode = 1;
}
APP
node app.js false 2>off-errors | tee off
rm -r cdk.out
if node app.js true 2>on-errors | tee on; then echo 'changed: the dummy passes'; exit 1; fi
cat on-errors
grep -q 'to be looked up: /golden/image_id' off
grep -q "dummy-value-for-/golden/image_id' does not match format 'AWS::EC2::Image.Id'" on-errors on
grep -q '"parameterName": "/golden/image_id"' cdk.out/manifest.json
echo 'as described: with the recommended flag an app that runs without the CLI fails on the dummy, though its manifest says what is missing'
