#!/usr/bin/env bash
# Builds packages from what is compiled against the lowest versions of the peer dependencies: `build-tools/package.sh js python java dotnet go`.
# A generated package asks for what it was built with, and the signatures in it hold the props of that version's constructs.
# `dotnet-sources` generates what `dotnet` compiles: it needs no SDK. With `--if-available` first, languages without tools here are left out.
set -euo pipefail
cd "$(dirname "$0")/.."
project=$PWD

targets=("$@")
if [ "$1" = --if-available ]; then
  targets=()
  for target in "${@:2}"; do
    missing=$(node_modules/.bin/tsx build-tools/missing-tools.ts "$target")
    if [ -z "$missing" ]; then
      targets+=("$target")
    else
      echo "WARNING: no $target package is built, and none is tested: $missing is not installed here" >&2
    fi
  done
fi

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
# git has another version than a release, and neither bundles, nor what says whose code they hold, nor translated snippets
cp -r package.json assets THIRD-PARTY-NOTICES sbom.cdx.json .jsii.tabl.json "$stage"
ln -s "$project/$installed/node_modules" "$stage/node_modules"

cd "$stage"
export PATH="$project/node_modules/.bin:$PATH"
jsii --silence-warnings=reserved-word --compress-assembly
node build-tools/library.js

# the tests of the languages use the same caches
export GOMODCACHE=$project/.cache/go/mod GOCACHE=$project/.cache/go/build GOFLAGS=-modcacherw

pacmak() { jsii-pacmak --verbose --outdir "$project/dist" --target "$@"; }
for target in "${targets[@]}"; do
  case $target in
    java)
      # pacmak would replace the ranges of the peer dependencies by the newest versions of that day
      pacmak java --maven-local-repository "$project/.cache/m2" \
        --mvn-define excludes=software.amazon.awscdk:aws-cdk-lib,software.constructs:constructs
      ;;
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
