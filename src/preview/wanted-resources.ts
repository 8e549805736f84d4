import { CfnElement, CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { environmentKeyOf, nameOf } from './app-declarations';
import { isCfnCondition } from '../diagnostics/element-kinds';
import { renderedElement } from '../diagnostics/rendered-properties';
import { Template, templateResources, TemplateResources, UPGRADE_TYPES, withStackTags } from '../engine/state/deployed-stack';

/** The resources that take part in upgrades, as templates will hold them: by key of the environment, and there by name of the stack. */
export type WantedResources = Readonly<Record<string, Readonly<Record<string, TemplateResources>>>>;

/** Those of all stacks below a construct. */
export function wantedResources(scope: IConstruct): WantedResources {
  const wanted: Record<string, Record<string, TemplateResources>> = {};
  const constructs = scope.node.findAll();
  const conditions = new Map<Stack, Template['Conditions']>(); // of each stack that has something conditional
  for (const construct of constructs) {
    if (Stack.isStack(construct)) (wanted[environmentKeyOf(construct)] ??= {})[nameOf(construct)] ??= {};
    if (!CfnResource.isCfnResource(construct) || !UPGRADE_TYPES.includes(construct.cfnResourceType)) continue;
    const { stack } = construct;
    const [stacks, name] = [wanted[environmentKeyOf(stack)], nameOf(stack)];
    const template = render(construct);
    const isConditional = Object.values(template.Resources ?? {}).some(({ Condition }) => Condition !== undefined);
    if (isConditional && !conditions.has(stack)) conditions.set(stack, conditionsIn(stack, constructs));
    const resources = templateResources({ ...template, Conditions: conditions.get(stack) });
    stacks[name] = { ...stacks[name], ...stack.nested ? resources : withStackTags(resources, stack.tags.tagValues()) };
  }
  return wanted;
}

/** The conditions of a stack. */
function conditionsIn(stack: Stack, constructs: readonly IConstruct[]): Template['Conditions'] {
  const own = constructs.filter(isCfnCondition).filter((condition) => condition.stack === stack);
  return Object.assign({}, ...own.map((condition) => render(condition).Conditions));
}

/** The element's part of the template, as it is written: without what is undefined. */
function render(element: CfnElement): Template {
  return JSON.parse(JSON.stringify(renderedElement(element)));
}
