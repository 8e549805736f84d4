import { wantedOfAddOn } from '../../change/change';
import { messages } from '../../messages/message';
import { Check } from '../check';

const says = messages({
  replaced: {
    text: [
      '{replacedBy} can only be set when an add-on is created, and CloudFormation cannot create the replacement while this one exists:',
      'the update would fail with "already exists"',
    ],
    remedy: 'revert the change of {replacedBy}; if you need it, remove the add-on in one deployment and add it again in the next',
  },
});

/**
 * No deployment deletes an add-on to create it again.
 *
 * CloudFormation would create the second one before it deletes the first, and EKS has each add-on once: the update fails.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-addon.html
 */
export const addOnReplacement: Check = {
  id: 'add-on-replacement',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-addon.html',
  messages: says,

  * examine(change) {
    for (const name of Object.keys(change.intent.addOns ?? {})) {
      const { replacedBy = [] } = wantedOfAddOn(change, name);
      if (replacedBy.length === 0) continue;
      yield { about: { kind: 'add-on', name }, ...says.replaced({ replacedBy }) };
    }
  },
};
