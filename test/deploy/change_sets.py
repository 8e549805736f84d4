"""What the CloudFormation of MiniStack lacks beside AWS's: values in change sets and their pages, express mode, the last change set, and the
template that a rollback goes back to."""

import copy
import json
import re
from xml.sax.saxutils import escape

from ministack.services import cloudformation
from ministack.services.cloudformation import changesets, engine, handlers, helpers, provisioners, stacks

KNOWN_AFTER_APPLY = "{{changeSet:KNOWN_AFTER_APPLY}}"

PAGE = 25  # changes; AWS counts bytes

ACTIONS = cloudformation._ACTION_HANDLERS

# paths of create-only properties that are parts of others, by type
NESTED_CREATE_ONLY = {}


def install(types):
    """Puts itself in the place of what it completes; types are lists of create-only properties by name."""
    for name, create_only in types.items():
        provisioners._REPLACING_PROPERTIES[name] = tuple(path for path in create_only if "/" not in path)
        NESTED_CREATE_ONLY[name] = [path.split("/") for path in create_only if "/" in path]
    for name in ("AWS::EKS::Addon", "AWS::EKS::AccessEntry", "AWS::EKS::FargateProfile", "AWS::EKS::PodIdentityAssociation"):
        provisioners._STACK_TAG_PROPERTY[name] = ("Tags", "list")
    provisioners._replacing_change = stacks._replacing_change = replacing_change
    stacks._property_recreation = property_recreation
    changesets._resolve_props_for_diff = resolve_for_diff
    stacks._roll_back_operation = handlers._roll_back_operation = roll_back
    for action, handle in {
        "CreateChangeSet": create_change_set, "DescribeChangeSet": describe_change_set, "ExecuteChangeSet": execute_change_set,
        "CreateStack": deploy_directly, "UpdateStack": deploy_directly, "DescribeStacks": describe_stacks,
    }.items():
        ACTIONS[action] = lambda params, handle=handle, perform=ACTIONS[action]: handle(params, perform)


def is_express(stack):
    return (top_of(stack) or {}).get("_mode") == "EXPRESS"


def top_of(stack):
    """The stack that holds all others around a nested one."""
    parent = (stack or {}).get("_parent_stack_name")
    return top_of(cloudformation._stacks.get(parent)) if parent else stack


# --- replacement ---

def at(properties, path):
    for step in path:
        properties = properties.get(step) if isinstance(properties, dict) else None
    return properties


def replacing_change(resource_type, old, new, decide=provisioners._replacing_change):
    return decide(resource_type, old, new) or any(at(old, path) != at(new, path) for path in NESTED_CREATE_ONLY.get(resource_type, ()))


def property_recreation(resource_type, name, decide=provisioners._property_recreation):
    return "Conditionally" if any(path[0] == name for path in NESTED_CREATE_ONLY.get(resource_type, ())) else decide(resource_type, name)


# --- change sets ---

def resolve_for_diff(template, params, *rest, resolve=changesets._resolve_props_for_diff):
    """Without the resources of which the condition does not hold: they come and go with it. An attribute of another resource is another value."""
    resolved, conditions = resolve(with_named_attributes(template), params, *rest), engine._evaluate_conditions(template, params)
    return {**resolved, "Resources": {id: resource for id, resource in resolved.get("Resources", {}).items()
                                      if conditions.get(template["Resources"][id].get("Condition"), True)}}


def with_named_attributes(value):
    """MiniStack compares attributes as empty texts, whatever resources they are of."""
    if isinstance(value, list):
        return [with_named_attributes(item) for item in value]
    if not isinstance(value, dict):
        return value
    attribute = value.get("Fn::GetAtt") if len(value) == 1 else None
    return f"attribute {attribute}" if attribute else {name: with_named_attributes(item) for name, item in value.items()}


def create_change_set(params, create):
    answer = create(params)
    made = re.search(rb"<Id>(.+?)</Id>", answer[2])
    if made:
        change_set = cloudformation._change_sets[made.group(1).decode()]
        change_set["_config"] = {name: helpers._p(params, f"DeploymentConfig.{name}") for name in ("Mode", "DisableRollback")}
        add_values(change_set, cloudformation._stacks[change_set["StackName"]])
    return answer


def add_values(change_set, stack):
    changes = {change["ResourceChange"]["LogicalResourceId"]: change["ResourceChange"] for change in change_set["Changes"]}
    definitions, records = change_set["_template"].get("Resources", {}), stack.get("_resources", {})
    resolve = resolver(change_set, stack, changes)
    for logical_id, change in changes.items():
        before = deployed_properties(records[logical_id], stack, logical_id) if logical_id in records else None
        after = resolve(definitions[logical_id].get("Properties") or {}) if change["Action"] != "Remove" and logical_id in definitions else None
        for name, properties in (("BeforeContext", before), ("AfterContext", after)):
            if properties is not None:
                change[name] = json.dumps({"Properties": properties}, default=str)
        if change["Action"] == "Modify" and before is not None and after is not None:
            change["Details"] = [told for detail in change["Details"] for told in with_values(change["ResourceType"], detail, before, after)]
            change["Replacement"] = stacks._replacement([d for d in change["Details"] if "RequiresRecreation" in d["Target"]], False)


def deployed_properties(record, stack, logical_id):
    """What dynamic references stand for is told by nobody."""
    return stack["_template"]["Resources"][logical_id]["Properties"] if record.get("_dynamic") else record.get("Properties", {})


def resolver(change_set, stack, changes):
    """Resolves properties as far as that is possible before anything has been deployed."""
    template, parameters = change_set["_template"], change_set["_resolved_params"]
    conditions = engine._evaluate_conditions(template, parameters)
    new = {id for id, change in changes.items() if change["Action"] in ("Add", "Import") or change.get("Replacement") in ("True", "Conditional")}

    def is_open(name, attribute):
        return name in (changes if attribute else new)

    def settle(value):
        if isinstance(value, list):
            return [settle(item) for item in value]
        if not isinstance(value, dict):
            return value
        references = list(engine._intrinsic_references(value)) if len(value) == 1 else []
        if any(name in value for name in ("Ref", "Fn::GetAtt")) and any(is_open(*reference) for reference in references):
            return KNOWN_AFTER_APPLY
        if "Fn::Sub" in value and any(is_open(*reference) for reference in references):
            return KNOWN_AFTER_APPLY
        return {name: settle(item) for name, item in value.items()}

    def resolve(value):
        try:
            return engine._resolve_refs(settle(copy.deepcopy(value)), stack.get("_resources", {}), parameters, conditions,
                                        template.get("Mappings", {}), stack["StackName"], stack["StackId"])
        except Exception:
            return KNOWN_AFTER_APPLY

    def resolve_all(properties):
        resolved = {name: resolve(value) for name, value in properties.items()}
        return {name: value for name, value in resolved.items() if value is not engine._NO_VALUE}

    return resolve_all


def with_values(resource_type, detail, before, after):
    """A detail for each part of a property that differs."""
    target = detail["Target"]
    name = target.get("Name")
    if name is None:
        return [detail]
    old, new = before.get(name), after.get(name)
    parts = list(differences(old, new, [name])) or [([name], old, new)]
    return [{**detail, "Target": {**target, **recreation(resource_type, target, path), **values(path, was, shall)}} for path, was, shall in parts]


def differences(before, after, path):
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in sorted({*before, *after}):
            yield from differences(before.get(name), after.get(name), [*path, name])
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, pair in enumerate(zip(before, after)):
            yield from differences(*pair, [*path, str(index)])
    else:
        yield path, before, after


def recreation(resource_type, target, path):
    """Of a property that has parts that are create-only, the parts decide."""
    nested = [create_only for create_only in NESTED_CREATE_ONLY.get(resource_type, ()) if create_only[0] == target["Name"]]
    if not nested:
        return {}
    touches = any(path[:len(create_only)] == create_only[:len(path)] for create_only in nested)
    return {"RequiresRecreation": "Always" if touches else "Never"}


def values(path, before, after):
    told = {"Path": "/Properties/" + "/".join(path), "AttributeChangeType": "Add" if before is None else "Remove" if after is None else "Modify"}
    for name, value in (("BeforeValue", before), ("AfterValue", after)):
        if value is not None:
            told[name] = value if isinstance(value, str) else json.dumps(value, default=str)
    return told


def describe_change_set(params, describe):
    _, change_set = changesets._find_change_set(helpers._p(params, "ChangeSetName"), helpers._p(params, "StackName"))
    if not change_set:
        return describe(params)
    page, next_token, error = helpers._page(change_set["Changes"], params, "DescribeChangeSet", PAGE)
    if error:
        return error
    tells_values = helpers._p(params, "IncludePropertyValues", "false").lower() == "true"
    shown = [{"Type": "Resource", "ResourceChange": change if tells_values else without_values(change)}
             for change in (entry["ResourceChange"] for entry in page)]
    status, headers, body = describe_without_changes(params, change_set, describe)
    mode = change_set.get("_config", {})
    config = f"<DeploymentConfig>{xml({name: value for name, value in mode.items() if value})}</DeploymentConfig>" if mode.get("Mode") else ""
    return status, headers, body.replace(b"<Changes></Changes>", f"<Changes>{xml(shown)}</Changes>{config}{next_token}".encode())


def describe_without_changes(params, change_set, describe):
    changes, change_set["Changes"] = change_set["Changes"], []
    try:
        return describe(params)
    finally:
        change_set["Changes"] = changes


def without_values(change):
    hidden = ("Path", "AttributeChangeType", "BeforeValue", "AfterValue")
    details = [{**detail, "Target": {name: value for name, value in detail["Target"].items() if name not in hidden}}
               for detail in change.get("Details", [])]
    return {**{name: value for name, value in change.items() if not name.endswith("Context")}, "Details": details}


def xml(value):
    if isinstance(value, dict):
        return "".join(f"<{name}>{xml(member)}</{name}>" for name, member in value.items())
    if isinstance(value, list):
        return "".join(f"<member>{xml(member)}</member>" for member in value)
    return escape(str(value))


# --- modes ---

def execute_change_set(params, execute):
    _, change_set = changesets._find_change_set(helpers._p(params, "ChangeSetName"), helpers._p(params, "StackName"))
    config = (change_set or {}).get("_config", {})
    if change_set and not change_set.get("OnStackFailure"):
        params = as_express_defaults(params, config)
    answer = execute(params)
    if change_set and answer[0] == 200:
        stack = cloudformation._stacks[change_set["StackName"]]
        stack["_change_set_id"], stack["_mode"] = change_set["ChangeSetId"], config.get("Mode")
    return answer


def deploy_directly(params, deploy):
    config = {name: helpers._p(params, f"DeploymentConfig.{name}") for name in ("Mode", "DisableRollback")}
    answer = deploy(as_express_defaults(params, config))
    if answer[0] == 200:
        handlers._resolve_stack(helpers._p(params, "StackName"))["_mode"] = config["Mode"]
    return answer


def as_express_defaults(params, config):
    """Without another word, express mode rolls nothing back."""
    if config.get("Mode") != "EXPRESS" or "DisableRollback" in params:
        return params
    return {**params, "DisableRollback": [config.get("DisableRollback") or "true"]}


# --- stacks ---

def describe_stacks(params, describe):
    status, headers, body = describe(params)
    for stack in list(cloudformation._stacks.values()):
        id_element = f"<StackId>{escape(stack['StackId'])}</StackId>".encode()
        if id_element in body:
            body = body.replace(id_element, id_element + xml(more_of(stack)).encode())
            body = body if moves_on(stack) else body.replace(b"<StackStatus>UPDATE_IN_PROGRESS", b"<StackStatus>UPDATE_ROLLBACK_IN_PROGRESS")
    return status, headers, body


def more_of(stack):
    told = {"ChangeSetId": stack.get("_change_set_id"), "DeploymentConfig": {"Mode": stack["_mode"]} if stack.get("_mode") else None,
            "ParentId": stack.get("ParentId"), "RootId": stack.get("RootId")}
    return {name: value for name, value in told.items() if value}


def moves_on(stack):
    """A nested stack goes back when those around it do."""
    return top_of(stack) is stack or "ROLLBACK" not in (top_of(stack) or {}).get("StackStatus", "")


async def roll_back(stack_name, stack_id, stack, operation, *rest, perform=stacks._roll_back_operation, **named):
    """From its beginning, a rollback's template is the one that it goes back to."""
    if operation.get("is_update"):
        previous = operation.get("previous_stack") or {}
        stack.update({key: previous[key] for key in ("_template_body", "Parameters", "Tags") if key in previous})
    await perform(stack_name, stack_id, stack, operation, *rest, **named)
