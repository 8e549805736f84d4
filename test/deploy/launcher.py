"""Runs MiniStack with the EKS, the public SSM parameters and the resource types of the bench that started it (BENCH_URL)."""

import asyncio
import contextlib
import json
import os
import queue
import threading
import urllib.error
import urllib.parse
import urllib.request

import change_sets
import ministack.app as app
from ministack.core import lambda_runtime, router
from ministack.services import cloudformation, eks, ssm, stepfunctions
from ministack.services.cloudformation import provisioners, stacks
from ministack.services.cloudformation.helpers import _error

BENCH, EKS = os.environ["BENCH_URL"], os.environ["BENCH_EKS_URL"]


def send(url, method="GET", headers=None, body=None):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers or {}, method=method)) as response:
            return response.status, dict(response.headers), response.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def ask(path, question):
    return json.loads(send(BENCH + path, "POST", body=json.dumps(question).encode())[2])


async def to_local_eks(method, path, headers, body, query_params):
    query = urllib.parse.urlencode(query_params, doseq=True)
    return await asyncio.to_thread(send, f"{EKS}{path}?{query}", method, {"content-type": "application/json"}, body or None)


def look_at_eks(service, service_name, action, arguments, dispatch=stepfunctions._dispatch_aws_sdk_rest_json):
    if service_name != "eks":
        return dispatch(service, service_name, action, arguments)
    path = {"describeCluster": "/clusters/{Name}", "describeNodegroup": "/clusters/{ClusterName}/node-groups/{NodegroupName}"}[action]
    status, headers, body = send(EKS + path.format(**arguments))
    if status != 200:
        raise stepfunctions._ExecutionError(f"Eks.{headers.get('x-amzn-errortype', status)}", json.loads(body)["message"])
    return stepfunctions._convert_keys_to_sfn_convention(json.loads(body))


def handlers_of(resource_type):
    def handle(action, stack_name=None, **request):
        stack = cloudformation._stacks.get(stack_name) if stack_name else None
        answer = ask("/resource", {
            "type": resource_type, "action": action, "stackStatus": (change_sets.top_of(stack) or {}).get("StackStatus"),
            "isExpress": change_sets.is_express(stack), **request})
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer.get("physicalId"), answer.get("attributes", {})

    return {
        "create": lambda logical_id, props, stack_name: handle("create", stack_name, logicalId=logical_id, properties=props),
        "update": lambda physical_id, old, new, stack_name: handle(
            "update", stack_name, physicalId=physical_id, previous=old, properties=new),
        "delete": lambda physical_id, props: handle("delete", getattr(DELETION, "stack_name", None), physicalId=physical_id, properties=props),
    }


# whose deletion goes on in a thread: what deletes a resource is not told the stack
DELETION = threading.local()

# properties that custom resources have refused, by stack and logical ID
REFUSED = {}


def note(action, logical_id, resource_type, **details):
    ask("/done", {"action": action, "logicalId": logical_id, "type": resource_type, **details})


def provision(resource_type, logical_id, props, stack_name, perform=stacks._provision_resource):
    made = perform(resource_type, logical_id, props, stack_name)
    note("create", logical_id, resource_type)
    return made


def update(resource_type, physical_id, old, new, stack_name, logical_id=None, attributes=None, perform=stacks._update_resource):
    if not resource_type.startswith("Custom::"):
        made = perform(resource_type, physical_id, old, new, stack_name, logical_id, attributes)
    else:
        made = update_custom(resource_type, physical_id, old, new, stack_name, logical_id, attributes, perform)
    if old != new:
        note("update" if made[0] == physical_id else "replace", logical_id, resource_type,
             properties=sorted(name for name in {*old, *new} if old.get(name) != new.get(name)))
    return made


def update_custom(resource_type, physical_id, old, new, stack_name, logical_id, attributes, perform):
    """What a custom resource is told of the properties before, once it has refused some, is not known."""
    refused = REFUSED.pop((stack_name, logical_id), None)
    try:
        if refused is not None and ask("/behaviour", {})["refusedBecomeOld"]:
            return provisioners._custom_resource_update(physical_id, refused, new, stack_name, logical_id, resource_type)
        return perform(resource_type, physical_id, old, new, stack_name, logical_id, attributes)
    except Exception:
        REFUSED[(stack_name, logical_id)] = new
        raise


def delete(resource_type, physical_id, props, stack_name=None, logical_id=None, perform=stacks._delete_resource):
    DELETION.stack_name = stack_name
    perform(resource_type, physical_id, props, stack_name, logical_id)
    note("delete", logical_id, resource_type)


def key_of_code(function_name, config, qualifier):
    """Functions of the same code and environment, of whatever stack, take turns in the same processes: starting one takes longer than what it is for."""
    return f"{config['CodeSha256']} {json.dumps(config.get('Environment'), sort_keys=True)} {config.get('Timeout')} {qualifier}"


def whole_log(worker):
    """What a function has written until it answered: see `ministack.ts`."""
    lines = []
    with contextlib.suppress(queue.Empty):  # a process that died has not ended its log
        while (line := worker._stderr_queue.get(timeout=1)) != "end of log":
            lines.append(line)
    return "\n".join(lines)


lambda_runtime.Worker._drain_stderr_bounded = whole_log
lambda_runtime._worker_key = key_of_code
router._KNOWN_AWS_SERVICE_NAMES = frozenset({"servicequotas"})  # else MiniStack reads the models of all services, for seconds, at the first call of one it lacks
eks.handle_request = to_local_eks
stepfunctions._AWS_SDK_SERVICE_MAP["eks"] = {"protocol": "rest-json"}
stepfunctions._dispatch_aws_sdk_rest_json = look_at_eks
ssm._public_parameter = lambda name: ask("/public-parameter", {"name": name}).get("parameter")

# who deploys has the credentials of the bench; functions have others, by which reads can be denied to them alone
OF_THE_BENCH = "Credential=AKIAEXAMPLE/"
serve_cloudformation = cloudformation.handle_request


async def deny_functions(method, path, headers, body, query_params):
    action = urllib.parse.parse_qs(body.decode("utf-8", "replace")).get("Action", [""])[0] if body else ""
    if action.startswith(("Describe", "Get", "List")) and OF_THE_BENCH not in headers.get("authorization", ""):
        if action in (await asyncio.to_thread(ask, "/behaviour", {}))["deniedToFunctions"]:
            return _error("AccessDenied", f"User: arn:aws:sts::111122223333:assumed-role/function is not authorized to perform: cloudformation:{action} "
                          f"because no identity-based policy allows the cloudformation:{action} action", 403)
    return await serve_cloudformation(method, path, headers, body, query_params)


cloudformation.handle_request = deny_functions

# no resources to skip are an empty list, which MiniStack reads as a resource without a name
continue_rollback = cloudformation._ACTION_HANDLERS["ContinueUpdateRollback"]
cloudformation._ACTION_HANDLERS["ContinueUpdateRollback"] = lambda params: continue_rollback(
    {name: value for name, value in params.items() if name != "ResourcesToSkip"})

TYPES = ask("/resource-types", {})
provisioners._RESOURCE_HANDLERS.update({name: handlers_of(name) for name in TYPES})
change_sets.install(TYPES)
provisioners._CUSTOM_NAME_REPLACEMENT.pop("AWS::EKS::Cluster", None)  # names that are taken are refused by EKS itself

blocks = stacks._runs_on_worker_thread
stacks._runs_on_worker_thread = lambda resource_type: resource_type in TYPES or blocks(resource_type)

stacks._provision_resource, stacks._update_resource, stacks._delete_resource = provision, update, delete

# what resources of nested stacks told when they were made, which MiniStack forgets when it updates the stack
ATTRIBUTES = {}


def provision_nested(resource_type, logical_id, props, stack_name, perform=provisioners._provision_resource):
    made = perform(resource_type, logical_id, props, stack_name)
    ATTRIBUTES[(stack_name, logical_id)] = made[1]
    return made


def update_nested(resource_type, physical_id, old, new, stack_name, logical_id=None, attributes=None, perform=provisioners._update_resource):
    known = attributes if attributes is not None else ATTRIBUTES.get((stack_name, logical_id))
    made = perform(resource_type, physical_id, old, new, stack_name, logical_id, known)
    ATTRIBUTES[(stack_name, logical_id)] = made[1] or known
    return made[0], made[1] or known, *made[2:]


provisioners._provision_resource, provisioners._update_resource = provision_nested, update_nested

app.main()
