import { CfnResource } from 'aws-cdk-lib';
import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { isKnownAtSynth } from '../diagnostics/known-at-synth';
import { renderedProperties } from '../diagnostics/rendered-properties';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';
import { behavioursOfUserData } from '../engine/kubernetes/user-data-behaviours';
import { reportBehaviour } from '../manifests/judge-objects';
import { templateIn } from '../node-group/launch-template-image';
import { userDataText } from '../node-group/user-data-text';

/**
 * Says of node groups with a launch template of this app what its user data sets that their Kubernetes version treats otherwise.
 *
 * @param kubernetesVersion of those that name none
 */
export function reportChangedNodes(nodeGroups: readonly CfnResource[], kubernetesVersion: string): void {
  for (const resource of nodeGroups) {
    const { version = kubernetesVersion } = resource as CfnNodegroup;
    if (!isKnownAtSynth(version)) continue;
    const construct = resource.node.scope ?? resource;
    for (const behaviour of behavioursOfUserData(userDataOf(resource))) {
      reportBehaviour(construct, behaviour, KubernetesMinor.parse(version));
    }
  }
}

/** What is known of the user data at synth; nothing of a launch template of another app. */
function userDataOf(resource: CfnResource): string {
  const template = templateIn((resource as CfnNodegroup).launchTemplate);
  return userDataText(template && renderedProperties(template).LaunchTemplateData?.UserData, '');
}
