import { messages } from '../../messages/message';
import { launchTemplateKey } from '../../state/region-catalog';
import { Check } from '../check';

const says = messages({
  unread: {
    text: 'the image of version {version} of launch template {id} could not be read: {why}',
    remedy: 'grant ec2:DescribeLaunchTemplateVersions, or make sure that the version names {image}',
  },
  differs: {
    text: 'version {version} of launch template {id} names {named}, but the golden image is {image}',
    remedy: 'publish a version of the launch template with {image} and set it in launchTemplateSpec, or choose the image that it names',
  },
});

/**
 * A launch template of another app names the golden image in the version that the node group is given.
 *
 * This app cannot set the image there: where the two differ, nodes run another image than the app says, and `refresh` moves
 * nothing but a text.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-custom-ami
 */
export const launchTemplateImage: Check = {
  id: 'launch-template-image',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-custom-ami',
  messages: says,

  * examine({ intent: { nodeGroups = {} }, catalog: { launchTemplateImages = {} } }) {
    for (const [name, { image, removed }] of Object.entries(nodeGroups)) {
      if (!image?.launchTemplate || removed) continue;
      const { id, version } = image.launchTemplate;
      const about = { kind: 'node group', name } as const;
      const named = launchTemplateImages[launchTemplateKey(image.launchTemplate)];
      if (!named?.known) {
        yield {
          about,
          severity: 'warning',
          ...says.unread({ version, id, why: named?.why ?? 'it was not looked up', image: image.id }),
          unknown: true,
        };
      } else if (named.value !== image.id) {
        yield { about, ...says.differs({ version, id, named: named.value ?? 'no image', image: image.id }) };
      }
    }
  },
};
