#!/usr/bin/env bash
# Versions: checkov 3.3.30, Python 3.10 and newer.
# Expected: CKV_AWS_339, "Ensure EKS clusters run on a supported Kubernetes version", fails a cluster whose version EKS no longer supports, and passes the newest one.
# Seen: it holds a list of its own. On 2026-11-30 that passes 1.29, 1.30 and 1.31, whose extended support has ended (2026-03-23, 2026-07-23, 2026-11-26), and fails 1.36:
#       who upgrades in time is told to go back. Its results say neither which versions are on the list nor of what day it is.
# See: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html,
#      https://github.com/bridgecrewio/checkov/blob/main/checkov/terraform/checks/resource/aws/EKSPlatformVersion.py
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check checkov==3.3.30
for version in 1.29 1.30 1.31 1.35 1.36; do
  cat >> clusters.tf <<TF
resource "aws_eks_cluster" "on_${version/./_}" {
  name     = "on-$version"
  version  = "$version"
  role_arn = "arn:aws:iam::111122223333:role/cluster"
  vpc_config { subnet_ids = ["subnet-1"] }
}
TF
done
venv/bin/checkov --file clusters.tf --check CKV_AWS_339 --output json --soft-fail 2>/dev/null > results.json
cat > read.py <<'PY'
import json
results = json.load(open('results.json'))['results']
names = lambda key: sorted(check['resource'].split('on_')[1].replace('_', '.') for check in results[key])
passed, failed = names('passed_checks'), names('failed_checks')
print('supported:    ', *passed)
print('not supported:', *failed)
as_described = passed == ['1.29', '1.30', '1.31', '1.35'] and failed == ['1.36']
print('as described: versions after their end of support pass, the newest fails' if as_described else 'changed')
raise SystemExit(0 if as_described else 1)
PY
venv/bin/python read.py
