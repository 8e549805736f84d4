#!/usr/bin/env bash
# Versions: aws-cdk 2.1148.1, aws-cdk-lib 2.276.0, constructs 10.5.1, Node.js 20 and newer.
# Expected: a question for a context provider of a plugin comes with the placeholders of its lookup role resolved, or as they were where the stack names no account and Region.
# Seen: they become question marks: credential plugins are asked for the account "?", and the role of the question is "arn:aws:iam::?:role/…", which nobody can assume.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund aws-cdk@2.1148.1 aws-cdk-lib@2.276.0 constructs@10.5.1
cat > app.js <<'JS'
const { App, CfnResource, Stack } = require('aws-cdk-lib');
const stack = new Stack(new App(), 'Stack');
new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
const key = 'demo:answer';
if (stack.node.tryGetContext(key) === undefined) stack.reportMissingContextKey({ key, provider: 'plugin', props: { pluginName: 'demo' } });
JS
cat > plugin.js <<'JS'
const { appendFileSync } = require('node:fs');
const say = (line) => appendFileSync('seen', `${line}\n`);
exports.version = '1';
exports.init = (host) => {
  host.registerCredentialProviderSource({
    name: 'demo',
    isAvailable: async () => true,
    canProvideCredentials: async (account) => { say(`credentials for account ${account}`); return false; },
    getProvider: async () => { throw new Error('has none'); },
  });
  host.registerContextProviderAlpha('demo', { getValue: async ({ lookupRoleArn }) => { say(`lookup role ${lookupRoleArn}`); return { answer: 42 }; } });
};
JS
export CDK_DISABLE_CLI_TELEMETRY=true CDK_DISABLE_VERSION_CHECK=true CDK_VALIDATION=false AWS_EC2_METADATA_DISABLED=true
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_REGION=us-west-2
unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_PROFILE
npx cdk synth --quiet --app 'node app.js' --plugin "$PWD/plugin.js" --no-notices >/dev/null 2>&1
cat seen
grep -qx 'credentials for account ?' seen && grep -qx 'lookup role arn:aws:iam::?:role/cdk-hnb659fds-lookup-role-?-?' seen || { echo 'changed'; exit 1; }
echo 'as described: placeholders became question marks'
