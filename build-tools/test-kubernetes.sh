#!/usr/bin/env bash
# Builds the Kubernetes API server of test/kubernetes-api (about ten minutes of CPU time, seconds once Go has it in its cache), and runs the tests that
# need one. Without Go it says so and runs nothing; likewise where the build takes longer than KUBERNETES_BUILD_SECONDS, for machines that have no time for
# a build without Go's cache.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v go > /dev/null; then
  echo 'SKIPPED: test/kubernetes-api builds a Kubernetes API server, and needs Go 1.26 or newer, which is not installed' >&2
  exit 0
fi
version='-X k8s.io/component-base/version.gitVersion=v1.36.3 -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=36'
built=0
(cd test/kubernetes-api && timeout "${KUBERNETES_BUILD_SECONDS:-3600}" go build -ldflags "-s -w $version" -o ../../.cache/kubernetes-api/kubernetes-api .) || built=$?
if [ "$built" = 124 ]; then
  echo "SKIPPED: the Kubernetes API server of test/kubernetes-api was not built within ${KUBERNETES_BUILD_SECONDS} seconds; 'npx projen test:kubernetes' takes its time" >&2
  exit 0
fi
[ "$built" = 0 ] || exit "$built"

jest test/kubernetes-api --testPathIgnorePatterns=/node_modules/ --coverage=false --maxWorkers=1 "$@"
