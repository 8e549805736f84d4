#!/usr/bin/env bash
# Versions: @kubernetes/client-node 1.4.0, the newest that loads on Node.js 20 (2.0.1 reads the same names); Node.js 20 and newer.
# Expected: the client sends of a kubeconfig's user what kubectl sends: the token in the file that `tokenFile` names, and beside `as` the groups of `as-groups`.
# Seen: it reads `token-file`, a name that the format does not have, and `as` alone. With `tokenFile` the request has no credentials at all, so the API server answers as to
#       somebody unknown; with `as-groups` it speaks for the user without the groups. Nothing is said of either.
# See: https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/#AuthInfo
set -euo pipefail

folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --save-exact @kubernetes/client-node@1.4.0 newest@npm:@kubernetes/client-node@2.0.1 >/dev/null 2>&1
printf 'a-token' > token
cat > kubeconfig <<'YAML'
apiVersion: v1
kind: Config
clusters: [{ name: prod, cluster: { server: 'https://127.0.0.1:6443' } }]
users:
  - { name: by-file, user: { tokenFile: token } }
  - { name: by-text, user: { token: a-token } }
  - { name: for-another, user: { token: a-token, as: somebody, as-groups: [viewers] } }
contexts:
  - { name: by-file, context: { cluster: prod, user: by-file } }
  - { name: by-text, context: { cluster: prod, user: by-text } }
  - { name: for-another, context: { cluster: prod, user: for-another } }
YAML
cat > headers.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { KubeConfig } from '@kubernetes/client-node';
const headersOf = async (context) => {
  const config = new KubeConfig();
  config.loadFromFile('kubeconfig');
  config.setCurrentContext(context);
  const options = {};
  await config.applyToHTTPSOptions(options);
  return Object.keys(options.headers ?? {}).sort().join() || 'none';
};
const seen = { 'tokenFile': await headersOf('by-file'), 'token': await headersOf('by-text'), 'as, as-groups': await headersOf('for-another') };
for (const [fields, headers] of Object.entries(seen)) console.log(`${fields}: headers ${headers}`);
const newest = readFileSync('node_modules/newest/dist/config_types.js', 'utf8');
const reads = ['token-file', 'tokenFile', 'as-groups'].filter((name) => newest.includes(`'${name}'`) || newest.includes(`.${name}`));
console.log('2.0.1 reads of these:', reads.join());
const isAsDescribed = seen.tokenFile === 'none' && seen.token === 'Authorization' && seen['as, as-groups'] === 'Authorization,Impersonate-User' && reads.join() === 'token-file';
console.log(isAsDescribed ? 'as described: tokenFile and as-groups are not sent' : 'changed');
process.exitCode = isAsDescribed ? 0 : 1;
JS
node headers.mjs
