import { CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { environmentKeyOf, nameOf } from './app-declarations';
import { Template, templateResources, TemplateResources, UPGRADE_TYPES, withStackTags } from '../engine/state/deployed-stack';

/** The resources that take part in upgrades, as templates will hold them: by key of the environment, and there by name of the stack. */
export type WantedResources = Readonly<Record<string, Readonly<Record<string, TemplateResources>>>>;

/** Those of all stacks below a construct. */
export function wantedResources(scope: IConstruct): WantedResources {
  const wanted: Record<string, Record<string, TemplateResources>> = {};
  for (const construct of scope.node.findAll()) {
    if (Stack.isStack(construct)) (wanted[environmentKeyOf(construct)] ??= {})[nameOf(construct)] ??= {};
    if (!CfnResource.isCfnResource(construct) || !UPGRADE_TYPES.includes(construct.cfnResourceType)) continue;
    const { stack } = construct;
    const [stacks, name] = [wanted[environmentKeyOf(stack)], nameOf(stack)];
    const resources = templateResources(render(construct));
    stacks[name] = { ...stacks[name], ...stack.nested ? resources : withStackTags(resources, stack.tags.tagValues()) };
  }
  return wanted;
}

/** The resource's part of the template, as it is written: without what is undefined. */
function render(resource: CfnResource): Template {
  return JSON.parse(JSON.stringify(resource.stack.resolve(resource._toCloudFormation())));
}
