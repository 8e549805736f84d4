#!/usr/bin/env bash
# Versions: ministack 1.5.33 and boto3 1.43.106, Python 3.10 and newer.
# Expected: a change set by which a parameter turns a resource's `Condition` false removes that resource, as the stack update itself does, and names it as `Remove`
#           (https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html).
# Seen: the change set names the resource whose property refers to the parameter, and not the one that goes; executed, it deletes it. Whoever judges a deployment by the change set alone, as
#       tools that ask before a deletion do, is not told.
set -euo pipefail
folder=$(mktemp -d); server=; trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ministack==1.5.33 boto3==1.43.106
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export HOME=$folder GATEWAY_PORT=$port BIND_HOST=127.0.0.1 MINISTACK_HOST=localhost LOG_LEVEL=ERROR IOT_MTLS_ENABLED=0 SFTP_ENABLED=0
venv/bin/python -c 'import ministack.app as app; app.main()' > server.log 2>&1 & server=$!
cat > conditions.py <<'PY'
import json, os, time
import boto3

cloudformation = boto3.client('cloudformation', endpoint_url=f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}", region_name='us-east-1',
                              aws_access_key_id='test', aws_secret_access_key='test')
parameter = lambda value, **more: {'Type': 'AWS::SSM::Parameter', 'Properties': {'Type': 'String', 'Value': value}, **more}
template = json.dumps({
    'Parameters': {'Stage': {'Type': 'String', 'Default': 'live'}},
    'Conditions': {'IsLive': {'Fn::Equals': [{'Ref': 'Stage'}, 'live']}},
    'Resources': {'Always': parameter({'Ref': 'Stage'}), 'Sometimes': parameter('x', Condition='IsLive')},
})

def settled(ask, over):
    for _ in range(300):
        try:
            answer = ask()
            if over(answer): return answer
        except Exception as error:
            if _ == 299: raise
        time.sleep(0.1)
    raise SystemExit('no answer')

settled(lambda: cloudformation.list_stacks(), lambda _: True)
cloudformation.create_stack(StackName='app', TemplateBody=template)
status = lambda: cloudformation.describe_stacks(StackName='app')['Stacks'][0]['StackStatus']
settled(status, lambda it: it == 'CREATE_COMPLETE')
cloudformation.create_change_set(StackName='app', ChangeSetName='test', TemplateBody=template, Parameters=[{'ParameterKey': 'Stage', 'ParameterValue': 'test'}])
change_set = settled(lambda: cloudformation.describe_change_set(StackName='app', ChangeSetName='test'), lambda it: it['Status'] == 'CREATE_COMPLETE')
announced = sorted((change['ResourceChange']['Action'], change['ResourceChange']['LogicalResourceId']) for change in change_set['Changes'])
cloudformation.execute_change_set(StackName='app', ChangeSetName='test')
settled(status, lambda it: it == 'UPDATE_COMPLETE')
left = sorted(it['LogicalResourceId'] for it in cloudformation.describe_stack_resources(StackName='app')['StackResources'])
print('announced:', announced)
print('left:     ', left)
as_described = announced == [('Modify', 'Always')] and left == ['Always']
print('as described: the resource went without a word' if as_described else 'changed')
raise SystemExit(0 if as_described else 1)
PY
venv/bin/python conditions.py
