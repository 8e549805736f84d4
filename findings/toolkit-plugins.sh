#!/usr/bin/env bash
# Versions: @aws-cdk/toolkit-lib 1.43.0, Node.js 20 and newer.
# Expected: `fromCdkApp` runs an app as the CLI does, with what its cdk.json says: the plugins that `plugin` names included.
# Seen: `app` and `context` are read, `plugin` is not; a program has to load each plugin by `toolkit.pluginHost.load()`, and nothing says so when it does not.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @aws-cdk/toolkit-lib@1.43.0
mkdir assembly
echo '{ "Resources": { "Topic": { "Type": "AWS::SNS::Topic" } } }' > assembly/Stack.template.json
echo '{ "version": "36.0.0", "artifacts": { "Stack": { "type": "aws:cloudformation:stack", "environment": "aws://unknown-account/unknown-region", "properties": { "templateFile": "Stack.template.json" } } } }' \
  > assembly/manifest.json
echo "module.exports = { version: '1', init: () => console.log('loaded: the plugin') };" > plugin.js
echo "{ \"plugin\": [\"$folder/plugin.js\"] }" > cdk.json
cat > program.js <<'JS'
const { Toolkit } = require('@aws-cdk/toolkit-lib');
(async () => {
  const quiet = { notify: async () => undefined, requestResponse: async (message) => message.defaultResponse };
  const toolkit = new Toolkit({ ioHost: quiet });
  const source = await toolkit.fromCdkApp(`node -e "require('fs').cpSync('assembly', process.env.CDK_OUTDIR, { recursive: true })"`);
  await (await toolkit.synth(source)).dispose();
  console.log('synthesised');
  await toolkit.pluginHost.load(`${__dirname}/plugin.js`);
})();
JS
node program.js | tee out
if [ "$(grep -n 'loaded' out | cut -d: -f1)" != 2 ]; then echo 'changed: the plugin of cdk.json is loaded'; exit 1; fi
echo 'as described: loaded by pluginHost only'
