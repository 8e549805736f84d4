import { CfnResource } from 'aws-cdk-lib';

/*
 * Dependencies between resources. Since 2.262 the CDK warns of the methods that are all that there was before, or throws with
 * `JSII_DEPRECATED=fail`.
 */

/* eslint-disable @typescript-eslint/no-deprecated */

/** Lets a resource wait for another one. */
export function addDependency(resource: CfnResource, needed: CfnResource): void {
  (resource.addResourceDependency ?? resource.addDependency).call(resource, needed);
}

/** Lets a resource not wait for another one any more. */
export function removeDependency(resource: CfnResource, needed: CfnResource): void {
  (resource.removeResourceDependency ?? resource.removeDependency).call(resource, needed);
}
