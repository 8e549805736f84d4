import { CfnResource, Lazy, Stack } from 'aws-cdk-lib';

/** What every resource can do, and the CDK keeps to itself. */
interface Rendered {
  _toCloudFormation(): object;
}

/**
 * The properties of a resource as the template has them: with what escape hatches, Aspects and tags have made of them, and without tokens.
 *
 * Nothing refers to anything because of it: what is resolved here is text for whoever asks.
 */
export function renderedProperties(resource: CfnResource): Record<string, any> {
  const { Resources: resources } = Stack.of(resource).resolve((resource as unknown as Rendered)._toCloudFormation());
  const [{ Properties: properties = {} }] = Object.values<any>(resources);
  return properties;
}

/** A value that is asked for when the template is rendered, after everything else has been done to the app. */
export function whenRendered<T>(produce: () => T): T {
  return Lazy.uncachedAny({ produce: ({ preparing }) => preparing ? undefined : produce() }) as unknown as T;
}
