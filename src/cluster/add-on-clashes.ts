import { CfnResource } from 'aws-cdk-lib';
import type { CfnAddon } from 'aws-cdk-lib/aws-eks';
import { says } from './messages';
import { sentence } from '../engine/messages/sentence';

/**
 * What is wrong with add-ons that are installed a second time, in another way than as managed ones: EKS refuses the one that comes second,
 * half-way through the deployment.
 *
 * @param managed resources of the managed add-ons
 * @param all resources of all add-ons of the cluster
 */
export function findAddOnClashes(managed: readonly CfnResource[], all: readonly CfnResource[]): string[] {
  const managedNames = new Set(managed.map(nameOf));
  return all.filter((addOn) => !managed.includes(addOn) && managedNames.has(nameOf(addOn)))
    .map((addOn) => sentence(says.addOnInstalledTwice({ name: nameOf(addOn), other: addOn.node.path })));
}

/** The name of an add-on's resource. */
export function nameOf(addOn: CfnResource): string {
  return (addOn as CfnAddon).addonName;
}
