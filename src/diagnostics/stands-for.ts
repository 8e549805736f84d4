import { CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** The construct by which users know a resource: the one whose default child it is, else the resource itself. */
export function standsFor(resource: CfnResource): IConstruct {
  const { scope } = resource.node;
  return scope?.node.defaultChild === resource ? scope : resource;
}
