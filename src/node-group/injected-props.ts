import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { PropertyInjectors } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/**
 * The properties as a property injector for `eks.Nodegroup` leaves them.
 *
 * The L2 injects into what it is given, too late for decisions made before: an injected AMI type would get the release of another.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/blueprints.html
 */
export function injectedProps<T extends eks.NodegroupProps>(scope: Construct, id: string, props: T): T {
  const injector = scope.node.scopes.reverse()
    .map((ancestor) => PropertyInjectors.hasPropertyInjectors(ancestor)
      ? PropertyInjectors.of(ancestor).for(eks.Nodegroup.PROPERTY_INJECTION_ID)
      : undefined)
    .find((candidate) => candidate !== undefined);
  return injector ? injector.inject(props, { scope, id }) : props;
}
