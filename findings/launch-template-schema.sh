#!/usr/bin/env bash
# Versions: cfn-lint 1.58.0 (resource schemas of October 2026), Python 3.10 and newer.
# Expected: properties of which EKS takes no other value after creation are create-only in CloudFormation, which then replaces the node group and says so in diffs and change sets.
# Seen: nine properties of AWS::EKS::Nodegroup are, `LaunchTemplate` is not, though a node group keeps its launch template for life ("node groups created with a launch template
#       must be updated with the same one", https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html): another ID is announced as an update, and fails in the deployment.
#       And two write-only properties, whose drift nobody can see.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cfn-lint==1.58.0
cat > schema.py <<'PY'
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER
schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema('us-east-1', 'AWS::EKS::Nodegroup').schema
names = lambda key: sorted(pointer.split('/')[2] for pointer in schema.get(key, []))
created, written = names('createOnlyProperties'), names('writeOnlyProperties')
print('create-only:', ', '.join(created))
print('write-only: ', ', '.join(written))
as_described = len(created) == 9 and 'LaunchTemplate' not in created and 'AmiType' in created and 'ForceUpdateEnabled' in written
print('as described: the launch template is not among them' if as_described else 'changed')
raise SystemExit(0 if as_described else 1)
PY
venv/bin/python schema.py
