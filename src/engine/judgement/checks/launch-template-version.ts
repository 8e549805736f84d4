import { wantedOfNodeGroup } from '../../change/change';
import { messages } from '../../messages/message';
import { Check } from '../check';
import { rollsOf } from '../rolls';

const says = messages({
  gone: {
    text: 'version {version} of its launch template {id} no longer exists, but EKS launches new nodes from it',
    remedy: 'set a version that exists, in a deployment before this one',
  },
});

/**
 * The version of the launch template with which a node group is rolled exists.
 *
 * EKS makes the template of the new nodes from it. Where somebody has deleted it, or the whole template, the update fails. A
 * deployment that gives the node group another version is left alone.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
 */
export const launchTemplateVersion: Check = {
  id: 'launch-template-version',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html',
  messages: says,

  * examine(change) {
    for (const { group, room: { launchTemplate } } of rollsOf(change)?.rolls ?? []) {
      const { otherChanges = [] } = wantedOfNodeGroup(change, group.name);
      if (!group.launchTemplate || !launchTemplate?.known || launchTemplate.value || otherChanges.includes('LaunchTemplate')) continue;
      const { id, version } = group.launchTemplate;
      yield { about: { kind: 'node group', name: group.name }, ...says.gone({ version, id }) };
    }
  },
};
