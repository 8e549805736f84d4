import { Token } from 'aws-cdk-lib';
import type { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { LaunchTemplateSpec } from 'aws-cdk-lib/aws-eks-v2';
import { withInstanceTag } from './instance-tag';
import { launchTemplateOf } from './launch-template';
import { attributeOf, LATEST_VERSION, templateIn } from './launch-template-image';
import { says, warnings } from './messages';
import { warn } from '../diagnostics/annotations';
import { Carried } from '../diagnostics/carried';
import { changeRenderedProperties, renderedProperties } from '../diagnostics/rendered-properties';
import { resourcesOfApp } from '../diagnostics/resources-of-app';
import { standsFor } from '../diagnostics/stands-for';
import { refusal } from '../engine/messages/refusal';
import { NODE_GROUP_TYPE } from '../engine/state/deployed-stack';

/** The tag of instances whose change rolls them: what EKS rolls is a new version of the launch template. */
const ROLLOUT_TAG = 'cdk-eks-upgrades:rollout';

const Rollouts = new Carried<string>('Rollout');

/** The node groups that are rolled on purpose. */
const Rolled = new Carried<true>('RolledOnPurpose');

/**
 * Checks that nodes can be rolled on purpose.
 *
 * @param spec undefined where the node group is given none
 * @param hasOwn whether a launch template is made for the node group
 * @throws if the text cannot be a tag, or EKS would not see another version of the launch template
 */
export function requireRollout(rollout: string, spec: LaunchTemplateSpec | undefined, hasOwn: boolean): void {
  if (!Token.isUnresolved(rollout) && !/^[\p{L}\p{N} _.:/=+\-@]{1,256}$/u.test(rollout)) {
    throw refusal(says.rolloutNotATag({ rollout }));
  }
  if (!spec) {
    if (hasOwn) return;
    throw refusal(says.rolloutWithoutTemplate({ rollout }));
  }
  const template = launchTemplateOf(spec.id);
  if (!template) {
    throw refusal(says.rolloutOfForeignTemplate({ rollout }));
  }
  if (!mayBeLatest(spec.version)) {
    throw refusal(says.rolloutOfFixedVersion({ rollout }));
  }
  const other = Rollouts.of(template);
  if (other !== undefined && other !== rollout) {
    throw refusal(says.rolloutDiffers({ rollout, other }));
  }
}

/** Whether a version may be the latest: what is behind some tokens shows when the app is synthesised. */
function mayBeLatest(version: string | undefined): boolean {
  return version !== undefined && Token.isUnresolved(version) && [LATEST_VERSION, undefined].includes(attributeOf(version));
}

/**
 * Puts the text into the launch template of a node group, beside the tags that it has for instances, once escape hatches and Aspects
 * have done with it: they find it as the app has given it.
 */
export function rollBy(rollout: string, group: CfnNodegroup, template: CfnLaunchTemplate): void {
  Rolled.give(group, true);
  if (Rollouts.of(template) !== undefined) return;
  Rollouts.give(template, rollout);
  template.node.addValidation({
    validate: () => {
      warnOfOthers(rollout, group, template);
      return [];
    },
  });
  changeRenderedProperties(template, (properties) => (
    { ...properties, LaunchTemplateData: withInstanceTag(properties.LaunchTemplateData, { Key: ROLLOUT_TAG, Value: rollout }) }
  ));
}

/** Node groups that follow the same launch template roll with it, whether or not they are to. */
function warnOfOthers(rollout: string, group: CfnNodegroup, template: CfnLaunchTemplate): void {
  for (const other of resourcesOfApp(template, NODE_GROUP_TYPE) as CfnNodegroup[]) {
    if (templateIn(other.launchTemplate) !== template || Rolled.of(other) || !rendersLatest(other)) continue;
    const [nodeGroup, path] = [other, template].map((resource) => standsFor(resource).node.path);
    warn(group.node.scope!, warnings.rolloutShared({ rollout, nodeGroup, template: path }));
  }
}

function rendersLatest(group: CfnNodegroup): boolean {
  return JSON.stringify(renderedProperties(group).LaunchTemplate ?? null).includes(LATEST_VERSION);
}
