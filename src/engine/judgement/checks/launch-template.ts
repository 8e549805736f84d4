import { nodeGroupsOf, wantedOfNodeGroup } from '../../change/change';
import { LaunchTemplateChange } from '../../change/upgrade-intent';
import { Check } from '../check';

/**
 * A node group keeps its launch template for life; only the version of the template moves.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
 */
export const launchTemplate: Check = {
  id: 'launch-template',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html',

  * examine(change) {
    for (const { name } of nodeGroupsOf(change)) {
      const { launchTemplate: what, replacedBy = [] } = wantedOfNodeGroup(change, name);
      if (what === undefined || replacedBy.length > 0) continue;
      yield {
        about: { kind: 'node group', name },
        message: `${WORDS[what]}, and EKS refuses that: the launch template that a node group is created with stays, only its version moves`,
        remedy: 'keep the launch template as it is; for another one, add a second group beside this one and remove this one in a later deployment',
      };
    }
  },
};

const WORDS: Readonly<Record<LaunchTemplateChange, string>> = {
  added: 'the node group is given a launch template, and it was created without one',
  removed: 'the launch template is taken from the node group',
  exchanged: 'the node group is given another launch template',
};
