import { CfnElement, CfnResource, Lazy, Stack } from 'aws-cdk-lib';

/** What every element of a template can do, and the CDK keeps to itself. */
interface Rendered {
  _toCloudFormation(): object;
}

/**
 * The properties of a resource as the template has them: with what escape hatches, Aspects and tags have made of them, and without tokens.
 *
 * Nothing refers to anything because of it: what is resolved here is text for whoever asks.
 */
export function renderedProperties(resource: CfnResource): Record<string, any> {
  const [{ Properties: properties = {} }] = Object.values<any>(renderedElement(resource).Resources);
  return properties;
}

/**
 * Changes the properties of a resource as the template is to have them, with all that {@link renderedProperties} names: nobody in the app
 * sees the change before, and nobody can undo it by mistake.
 */
export function changeRenderedProperties(resource: CfnResource, change: (properties: Record<string, any>) => Record<string, any>): void {
  const rendered = resource as unknown as Rendered;
  const render = rendered._toCloudFormation.bind(resource);
  rendered._toCloudFormation = () => Lazy.uncachedAny({
    produce: (context) => {
      const { Resources: resources } = context.resolve(render());
      const [[logicalId, element]] = Object.entries<any>(resources);
      return { Resources: { [logicalId]: { ...element, Properties: change(element.Properties ?? {}) } } };
    },
  });
}

/** The logical ID of the condition without which the template's resource is not there; undefined where it always is. */
export function renderedCondition(resource: CfnResource): string | undefined {
  const { stack, cfnOptions: { condition } } = resource;
  const overrides = overridesOf(resource);
  if (overrides && !('Condition' in overrides)) return condition && stack.resolve(condition.logicalId);
  const [{ Condition: rendered }] = Object.values<any>(renderedElement(resource).Resources);
  return rendered;
}

/**
 * Gives a resource the condition of another one, to which it refers, unless it has its own: CloudFormation refuses what refers to a
 * resource that is not there.
 */
export function takeCondition(other: CfnResource, resource: CfnResource): void {
  const { cfnOptions: own, stack } = resource;
  resource.addOverride('Condition', whenRendered(() =>
    own.condition ? stack.resolve(own.condition.logicalId) : renderedCondition(other)));
}

/** Whether an escape hatch may have changed a resource, which the CDK keeps to itself: to render one takes longer than to ask. */
export function isOverridden(resource: CfnResource): boolean {
  return Object.keys(overridesOf(resource) ?? { unknown: true }).length > 0;
}

function overridesOf(resource: CfnResource): object | undefined {
  return (resource as unknown as { readonly rawOverrides?: object }).rawOverrides;
}

/** What an element gives to the sections of its template, without tokens. */
export function renderedElement(element: CfnElement): Record<string, any> {
  return Stack.of(element).resolve((element as unknown as Rendered)._toCloudFormation());
}

/** The Kubernetes minor that the resource of a cluster has. */
export function renderedClusterVersion(cluster: CfnResource): unknown {
  return versionInProperties(renderedProperties(cluster));
}

/**
 * The Kubernetes minor in the properties of a cluster: of one of `aws-eks-v2`, or of the custom resource of the older `aws-eks`,
 * whose properties are those of the EKS API.
 */
export function versionInProperties({ Version: version, Config: config }: Record<string, any>): unknown {
  return version ?? config?.version;
}

/** A value that is asked for when the template is rendered, after everything else has been done to the app. */
export function whenRendered<T>(produce: () => T): T {
  return Lazy.uncachedAny({ produce: ({ preparing }) => preparing ? undefined : produce() }) as unknown as T;
}
