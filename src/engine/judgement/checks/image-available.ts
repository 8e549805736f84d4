import { Change, movesNodeGroup, nodeGroupCalled } from '../../change/change';
import { ImageIntent } from '../../change/upgrade-intent';
import { messages } from '../../messages/message';
import { describeImage, isDeprecated } from '../../state/image-state';
import { imageIn } from '../../state/region-catalog';
import { Check, Observation } from '../check';

const says = messages({
  unread: {
    text: 'could not find out whether image {id} exists: {why}',
    remedy: "grant ec2:DescribeImages, or check with 'aws ec2 describe-images --image-ids {id}'",
  },
  gone: {
    text: 'image {id} is deregistered or not shared with this account: no node can be launched from it',
    remedy: 'choose an image that exists, or ask its owner to share it with this account',
  },
  unavailable: { text: 'image {image} is {state}: no node can be launched from it', remedy: 'choose an image that is available' },
  deprecated: {
    text: 'image {image} has been deprecated since {since}: nodes can still be launched from it',
    remedy: "take a newer one: with 'npx cdk-eks-upgrades refresh' where the app looks it up, else name it in the app",
  },
});

/**
 * The image of one's own that a node group shall run exists for the account, and nodes can be launched from it.
 *
 * A deregistered image, or one that its owner shares no more, launches no node: an update fails, and so does every later
 * scale-up. A deprecated one still does. The image that a node group keeps is looked at, too, which is a warning.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/deregister-ami.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-deprecate.html
 */
export const imageAvailable: Check = {
  id: 'image-available',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/deregister-ami.html',
  messages: says,

  * examine(change) {
    for (const [name, { image, removed }] of Object.entries(change.intent.nodeGroups ?? {})) {
      if (!image || removed) continue;
      const group = nodeGroupCalled(change, name);
      const stays = group !== undefined && !movesNodeGroup(change, group);
      const objection = objectionTo(image, change);
      if (objection) yield { about: { kind: 'node group', name }, ...objection, severity: stays ? 'warning' : objection.severity };
    }
  },
};

function objectionTo({ id }: ImageIntent, { catalog, state: { observedAt } }: Change): Omit<Observation, 'about'> | undefined {
  const image = imageIn(catalog, id);
  if (!image.known) {
    return { severity: 'warning', ...says.unread({ id, why: image.why }), unknown: true };
  }
  if (!image.value) return says.gone({ id });
  const { state, deprecatedAt } = image.value;
  const described = describeImage(id, image.value);
  if (state !== 'available') return says.unavailable({ image: described, state });
  return isDeprecated(image.value, new Date(observedAt)) ? {
    severity: 'warning',
    ...says.deprecated({ image: described, since: deprecatedAt!.slice(0, 10) }),
  } : undefined;
}
