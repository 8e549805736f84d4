import { CustomResourceEvent } from './custom-resource-event';

/**
 * What the log, which is kept, may hold of a request: not the URL by which anybody could answer; and of the values that only CloudFormation knows the
 * names alone, because a parameter without echo may be among them.
 */
export function loggedRequest({ ResponseURL, ResourceProperties, OldResourceProperties, ...request }: CustomResourceEvent): object {
  return { ...request, ResourceProperties: withoutValues(ResourceProperties), OldResourceProperties: withoutValues(OldResourceProperties) };
}

function withoutValues(properties: unknown): unknown {
  const { Values: values, ...others } = (properties ?? {}) as { readonly Values?: object };
  return values ? { ...others, Values: Object.keys(values) } : properties;
}
