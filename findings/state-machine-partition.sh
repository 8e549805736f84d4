#!/usr/bin/env bash
# Versions: cfn-lint 1.58.0, Python 3.10 and newer.
# Expected: a task of a state machine that is spelled for any partition, `arn:${Partition}:states:::…` with `Partition` in DefinitionSubstitutions, passes: CloudFormation puts the
#           value in before Step Functions reads the definition (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-cloudformation.html), and so do ARNs of GovCloud and China.
# Seen: E3601 for all three, since the check knows resources of the partition `aws` only and looks at the text before the substitution. `arn:aws:…` passes. What passes for every
#       partition is an ARN that is substituted as a whole, as in the state machine of bakes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cfn-lint==1.58.0

# machine <file> <definition> [more properties]
machine() {
  cat > "$1.yaml" <<YAML
Resources:
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/machine
      DefinitionString: $2
      ${3-}
YAML
  printf '%s: ' "$1"
  venv/bin/cfn-lint "$1.yaml" > "$1.found" && echo 'passes' || head -1 "$1.found"
}
definition() { echo "'{\"StartAt\":\"Look\",\"States\":{\"Look\":{\"Type\":\"Task\",\"Resource\":\"$1\",\"Parameters\":{\"Name\":\"prod\"},\"End\":true}}}'"; }

look=states:::aws-sdk:eks:describeCluster
machine aws "$(definition arn:aws:$look)"
machine china "$(definition arn:aws-cn:$look)"
machine govcloud "$(definition arn:aws-us-gov:$look)"
machine substituted "$(definition "arn:\${Partition}:$look")" 'DefinitionSubstitutions: { Partition: !Ref AWS::Partition }'
machine whole "$(definition '${Look}')" 'DefinitionSubstitutions: { Look: !Sub "arn:${AWS::Partition}:states:::aws-sdk:eks:describeCluster" }'

if [ -s aws.found ] || [ -s whole.found ]; then echo 'changed: what passed is refused'; exit 1; fi
for refused in china govcloud substituted; do grep -q E3601 "$refused.found" || { echo "changed: $refused passes"; exit 1; }; done
echo 'as described: only the partition aws passes'
