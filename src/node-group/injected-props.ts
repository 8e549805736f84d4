import { PropertyInjectors } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';

/**
 * The properties as a property injector for an L2 leaves them.
 *
 * The L2 injects into what it is given, too late for decisions made before: an injected AMI type would get the release of another.
 *
 * @param injectionId the L2's `PROPERTY_INJECTION_ID`
 * @see https://docs.aws.amazon.com/cdk/v2/guide/blueprints.html
 */
export function injectedProps<T>(injectionId: string, scope: Construct, id: string, props: T): T {
  for (let ancestor: IConstruct | undefined = scope; ancestor; ancestor = ancestor.node.scope) {
    const injector = PropertyInjectors.hasPropertyInjectors(ancestor) ? PropertyInjectors.of(ancestor).for(injectionId) : undefined;
    if (injector) {
      return injector.inject(props, { scope, id });
    }
  }
  return props;
}
