#!/usr/bin/env bash
# Versions: @kubernetes/client-node 2.0.1 with undici 8.13.1, beside @kubernetes/client-node 1.4.0; Node.js 20 and newer.
# Expected: `engines` of the package names the oldest Node.js on which it loads, so that npm warns of it.
# Seen: it has no `engines`, but needs what undici 8 needs, Node.js 22.19. On Node.js 20 npm warns of undici only, and the client fails as soon as it is imported.
#       1.4.0 loads there, which is why this library bundles 1.4.
set -euo pipefail

folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --save-exact newer@npm:@kubernetes/client-node@2.0.1 older@npm:@kubernetes/client-node@1.4.0 undici@8.13.1 >/dev/null

engines() { node -p "JSON.stringify(JSON.parse(require('fs').readFileSync('node_modules/$1/package.json')).engines ?? null)"; }
loads() { node -e "import('$1').then(() => console.log('loads'), ({ message }) => console.log('does not load: ' + message.split('\n')[0]))" 2>/dev/null; }

echo "Node.js $(node --version)"
echo "engines of the client 2.0.1: $(engines newer); of undici 8.13.1, which it depends on: $(engines undici)"
echo "client 1.4.0 $(loads older); client 2.0.1 $(loads newer)"

[ "$(engines newer)" = null ] || { echo 'changed: the client says which Node.js it needs'; exit 1; }
[ "$(engines undici)" = '{"node":">=22.19.0"}' ] || { echo 'changed: undici needs another Node.js'; exit 1; }
[ "$(loads older)" = loads ] || { echo 'changed: 1.4.0 does not load'; exit 1; }
if node -e "const [major, minor] = process.versions.node.split('.').map(Number); process.exit(major > 22 || (major === 22 && minor >= 19) ? 1 : 0)"; then
  [ "$(loads newer)" != loads ] || { echo 'changed: 2.0.1 loads on an older Node.js'; exit 1; }
fi
echo 'as described: the client does not say that it needs a newer Node.js'
