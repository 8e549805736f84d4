#!/usr/bin/env bash
# Versions: @aws-sdk/client-eks 3.1169.0 (Node.js 20 and newer), beside boto3 1.44.8 (Python 3.10 and newer).
# Expected: who has sent UpdateAddon or UpdateNodegroupVersion and then waits with the SDK until the part is active is told soon that the update has failed, as for CREATE_FAILED.
# Seen: an add-on in UPDATE_FAILED, and a node group in DELETE_FAILED, is waited for until the time is up, in both SDKs; boto3's time is ten minutes for an add-on and forty
#       for a node group. The waiters of JavaScript wait as long for an add-on that is not there, or that may not be read, where those of boto3 end at once.
# See: https://docs.aws.amazon.com/eks/latest/APIReference/API_Addon.html (status), https://docs.aws.amazon.com/boto3/latest/reference/services/eks/waiter/AddonActive.html
set -euo pipefail
folder=$(mktemp -d); server=; trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT; cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @aws-sdk/client-eks@3.1169.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check boto3==1.44.8
cat > server.py <<'PY'
# Answers for /clusters/<status>/..., so that the name of the cluster says what is seen; "missing" is not there.
import json, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Eks(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def log_message(self, *_): pass
    def do_GET(self):
        status = self.path.split('/')[2]
        self.send_response(404 if status == 'missing' else 200)
        if status == 'missing': self.send_header('x-amzn-errortype', 'ResourceNotFoundException')
        body = json.dumps({'message': 'not there', 'addon': {'status': status}, 'nodegroup': {'status': status}}).encode()
        self.send_header('content-length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

server = ThreadingHTTPServer(('127.0.0.1', 0), Eks)
print(server.server_port, flush=True)
server.serve_forever()
PY
cat > javascript.mjs <<'JS'
import { EKSClient, waitUntilAddonActive, waitUntilNodegroupActive } from '@aws-sdk/client-eks';
const client = new EKSClient({
  region: 'eu-west-1', endpoint: process.env.ENDPOINT, credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
const briefly = { client, minDelay: 1, maxDelay: 1, maxWaitTime: 3 };
const outcome = (waiting) => waiting.then(() => 'active', ({ name }) => (name === 'TimeoutError' ? 'timeout' : 'failure'));
for (const clusterName of ['ACTIVE', 'CREATE_FAILED', 'UPDATE_FAILED', 'missing']) {
  console.log('JavaScript add-on', clusterName, await outcome(waitUntilAddonActive(briefly, { clusterName, addonName: 'coredns' })));
}
for (const clusterName of ['CREATE_FAILED', 'DELETE_FAILED']) {
  console.log('JavaScript node-group', clusterName, await outcome(waitUntilNodegroupActive(briefly, { clusterName, nodegroupName: 'workers' })));
}
JS
cat > python.py <<'PY'
import os, boto3
from botocore.exceptions import WaiterError
client = boto3.client('eks', region_name='eu-west-1', endpoint_url=os.environ['ENDPOINT'], aws_access_key_id='test', aws_secret_access_key='test')

def outcome(waiter, **names):
    try:
        client.get_waiter(waiter).wait(**names, WaiterConfig={'Delay': 1, 'MaxAttempts': 3})
        return 'active'
    except WaiterError as error:
        return 'timeout' if 'Max attempts' in str(error) else 'failure'

for cluster in ['ACTIVE', 'CREATE_FAILED', 'UPDATE_FAILED', 'missing']:
    print('Python add-on', cluster, outcome('addon_active', clusterName=cluster, addonName='coredns'))
for cluster in ['CREATE_FAILED', 'DELETE_FAILED']:
    print('Python node-group', cluster, outcome('nodegroup_active', clusterName=cluster, nodegroupName='workers'))
PY
cat > expected <<'TXT'
JavaScript add-on ACTIVE active
JavaScript add-on CREATE_FAILED failure
JavaScript add-on UPDATE_FAILED timeout
JavaScript add-on missing timeout
JavaScript node-group CREATE_FAILED failure
JavaScript node-group DELETE_FAILED timeout
Python add-on ACTIVE active
Python add-on CREATE_FAILED failure
Python add-on UPDATE_FAILED timeout
Python add-on missing failure
Python node-group CREATE_FAILED failure
Python node-group DELETE_FAILED timeout
TXT
venv/bin/python server.py > port & server=$!
until [ -s port ]; do sleep 0.1; done
export ENDPOINT="http://127.0.0.1:$(cat port)"
{ node javascript.mjs 2>/dev/null; venv/bin/python python.py; } | tee seen
if diff -q seen expected >/dev/null; then echo 'as described: a failed update is waited for until the time is up'; else echo 'changed'; exit 1; fi
