import { CfnResource } from 'aws-cdk-lib';

/*
 * Dependencies between resources. Since 2.262 the CDK warns of the methods that are all that there was before, or throws with
 * `JSII_DEPRECATED=fail`.
 */
/* eslint-disable @typescript-eslint/no-deprecated */

type Method = CfnResource['addDependency'];

/** With the methods as they are called since 2.262, of which the types of older versions do not know. */
interface Since2262 extends Pick<CfnResource, 'addDependency' | 'removeDependency'> {
  readonly addResourceDependency?: Method;
  readonly removeResourceDependency?: Method;
}

/** Lets a resource wait for another one. */
export function addDependency(resource: CfnResource, needed: CfnResource): void {
  ((resource as Since2262).addResourceDependency ?? resource.addDependency).call(resource, needed);
}

/** Lets a resource not wait for another one any more. */
export function removeDependency(resource: CfnResource, needed: CfnResource): void {
  ((resource as Since2262).removeResourceDependency ?? resource.removeDependency).call(resource, needed);
}
