#!/usr/bin/env bash
# Versions: aws-cdk 2.1148.1, Node.js 20 and newer.
# Expected: `cdk ls` of an assembly that is there, without notices and without telemetry, reads the assembly and its own settings. It has no use for the language of the project.
# Seen: it reads the current folder and each folder in it, to guess the language for notices that are switched off, and waits for that before it does anything else.
#       From a folder with thousands of others, such as a temporary one or the root of a large repository, each command takes longer by all of them.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund aws-cdk@2.1148.1
mkdir assembly current
echo '{ "version": "36.0.0", "artifacts": {} }' > assembly/manifest.json
for number in $(seq 200); do mkdir "current/$number"; done
cat > count.cjs <<'JS'
const fs = require('fs');
const { readdir } = fs;
let read = 0;
fs.readdir = (path, ...rest) => { if (/current\/\d+$/.test(String(path))) read++; return readdir(path, ...rest); };
process.once('exit', () => fs.writeFileSync(process.env.COUNTED, String(read)));
JS
export CDK_DISABLE_CLI_TELEMETRY=true CDK_DISABLE_VERSION_CHECK=true COUNTED="$folder/counted"
# ls ends with 1 because the app has no stacks
(cd current && node --require ../count.cjs ../node_modules/aws-cdk/bin/cdk ls --no-notices --app ../assembly > /dev/null 2>&1) || true
echo "folders beside the assembly that were read: $(cat counted) of 200"
if [ "$(cat counted)" != 200 ]; then echo 'changed'; exit 1; fi
echo 'as described: all folders are read, for notices that nobody wants'
