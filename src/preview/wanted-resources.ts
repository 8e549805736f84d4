import { CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { nameOf } from './app-declarations';
import { Template, templateResources, TemplateResources, UPGRADE_TYPES, withStackTags } from '../engine/state/deployed-stack';

/** The resources that take part in upgrades, of all stacks below a construct, as their templates will hold them. */
export function wantedResources(scope: IConstruct): Record<string, TemplateResources> {
  const wanted: Record<string, TemplateResources> = {};
  for (const construct of scope.node.findAll()) {
    if (Stack.isStack(construct)) wanted[nameOf(construct)] ??= {};
    if (!CfnResource.isCfnResource(construct) || !UPGRADE_TYPES.includes(construct.cfnResourceType)) continue;
    const name = nameOf(construct.stack);
    const resources = templateResources(render(construct));
    wanted[name] = { ...wanted[name], ...construct.stack.nested ? resources : withStackTags(resources, construct.stack.tags.tagValues()) };
  }
  return wanted;
}

/** The resource's part of the template, as it is written: without what is undefined. */
function render(resource: CfnResource): Template {
  return JSON.parse(JSON.stringify(resource.stack.resolve(resource._toCloudFormation())));
}
