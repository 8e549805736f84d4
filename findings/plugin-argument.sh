#!/usr/bin/env bash
# Versions: aws-cdk 2.1148.1, Node.js 20 and newer.
# Expected: a plugin that `--plugin` names is loaded beside those that `plugin` of cdk.json names, as context of the command line joins that of the file.
# Seen: the command line takes the place of the file. `cdk --plugin preview` in a project whose cdk.json names a plugin for credentials loses the credentials;
#       whoever adds a plugin by argument has to name all the others, too.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund aws-cdk@2.1148.1
mkdir assembly
echo '{ "version": "36.0.0", "artifacts": {} }' > assembly/manifest.json
for name in file argument; do
  echo "module.exports = { version: '1', init: () => console.log('loaded: plugin of the $name') };" > "$name.js"
done
echo "{ \"app\": \"assembly\", \"plugin\": [\"$folder/file.js\"], \"context\": { \"of\": \"file\" } }" > cdk.json
# ls ends with 1 because the app has no stacks
export CDK_DISABLE_CLI_TELEMETRY=true CDK_DISABLE_VERSION_CHECK=true
echo 'cdk.json alone:'; npx cdk ls --no-notices 2>&1 | tee alone || true
echo 'cdk.json and --plugin:'; npx cdk ls --no-notices --plugin "$folder/argument.js" 2>&1 | tee both || true
grep -q 'plugin of the file' alone
grep -q 'plugin of the argument' both
if grep -q 'plugin of the file' both; then echo 'changed: both are loaded'; exit 1; fi
echo 'as described: only the plugin of the argument is loaded'
