#!/usr/bin/env bash
# Builds packages from what is compiled against the lowest versions of the peer dependencies: `build-tools/package.sh js python java dotnet go`.
# A generated package asks for what it was built with, and the signatures in it hold the props of that version's constructs.
# `dotnet-sources` generates what `dotnet` compiles: it needs no SDK.
set -euo pipefail
cd "$(dirname "$0")/.."
project=$PWD

lowest() { node -p "require('./package.json').peerDependencies['$1'].replace('^', '')"; }
cdk="aws-cdk-lib@$(lowest aws-cdk-lib)"
constructs="constructs@$(lowest constructs)"

installed=.cache/$cdk+$constructs
if [ ! -e "$installed/complete" ]; then
  npm install --prefix "$installed" --no-save --no-audit --no-fund "$cdk" "$constructs"
  touch "$installed/complete"
fi

stage=.cache/package
rm -rf "$stage"
mkdir -p "$stage"
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents --target-directory "$stage"
cp -r package.json assets .jsii.tabl.json "$stage" # git has another version than a release, and neither bundles nor translated snippets
ln -s "$project/$installed/node_modules" "$stage/node_modules"

cd "$stage"
export PATH="$project/node_modules/.bin:$PATH"
jsii --silence-warnings=reserved-word --compress-assembly
node build-tools/one-module.js

pacmak() { jsii-pacmak --verbose --outdir "$project/dist" --target "$@"; }
for target in "$@"; do
  case $target in
    go)
      pacmak go --code-only
      cd "$project"/dist/go/*/
      # indirect requirements are of the npm packages that happened to be the newest: let Go say what the CDK asks for
      sed -i '/ indirect$/d' go.mod
      go mod tidy
      go build ./...
      cd -
      ;;
    dotnet-sources) pacmak dotnet --code-only ;;
    *) pacmak "$target" ;;
  esac
done
