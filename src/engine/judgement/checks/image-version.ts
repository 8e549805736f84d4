import { Change, movesNodeGroup, nodeGroupCalled } from '../../change/change';
import { ImageIntent } from '../../change/upgrade-intent';
import { judgeSkew, kubeletSkewOf } from '../../kubernetes/kubelet-skew';
import { KubernetesMinor } from '../../kubernetes/kubernetes-minor';
import { messages } from '../../messages/message';
import { describeImage, ImageState, isOlderImage } from '../../state/image-state';
import { NodeGroupState } from '../../state/node-group-state';
import { imageIn, RegionCatalog } from '../../state/region-catalog';
import { Check, Observation } from '../check';

const says = messages({
  contradiction: {
    text: 'the app says that image {image} has Kubernetes {declared}, but its tags say {tagged}',
    remedy: 'correct the parameter or kubernetesVersion in the app, or the tags of the image',
  },
  untold: {
    text: [
      'the Kubernetes version of image {image} is unknown: neither the app nor',
      '{isRead: a tag of the image|the image, which could not be read,} tells it',
    ],
    remedy: [
      "set kubernetesVersion of the golden image, use a parameter such as '/golden/eks/1.36/al2023/x86_64/image_id',",
      'or tag the image with KubernetesVersion',
    ],
  },
  ahead: {
    text: 'image {image} has Kubernetes {minor}, but nodes must not be newer than the control plane, which will run {target}',
    remedy: 'choose an image for {target} or older, or upgrade the control plane first',
  },
  tooFarBehind: {
    text: 'image {image} has Kubernetes {minor}, more than {skew} minors behind the control plane, which will run {target}',
    remedy: 'choose an image for {target}, or for {oldest} at least',
  },
  older: {
    text: 'image {image} is older than {running}, which its nodes run: the deployment would take them back',
    remedy: "take {running} or a newer image, by 'npx cdk-eks-upgrades refresh' where it is looked up, unless you mean to go back",
  },
});

/**
 * The Kubernetes version of a custom image is within the kubelet skew of the control plane: never newer, and not too old.
 *
 * EKS does not inspect images. The version is what the app or the name of the parameter states, else what a tag of the image states;
 * if both state it, they agree. If neither the app nor a tag states it, that is a warning, as is an image that was made before the one that
 * runs: where others have moved the nodes on, no diff shows that they go back.
 *
 * @see https://kubernetes.io/releases/version-skew-policy/#kubelet
 */
export const imageVersion: Check = {
  id: 'image-version',
  severity: 'error',
  source: 'https://kubernetes.io/releases/version-skew-policy/#kubelet',
  messages: says,

  * examine(change) {
    for (const [name, { image, removed }] of Object.entries(change.intent.nodeGroups ?? {})) {
      if (!image || removed) continue;
      const group = nodeGroupCalled(change, name);
      if (group && !movesNodeGroup(change, group) && !change.isAboutVersion) continue;
      const objection = objectionTo(image, change) ?? (group && objectionToAge(image, group, change));
      if (objection) yield { about: { kind: 'node group', name }, ...objection };
    }
  },
};

function objectionTo(image: ImageIntent, { catalog, target }: Change): Omit<Observation, 'about'> | undefined {
  const state = readImage(catalog, image.id);
  const [declared, tagged] = [image.kubernetesVersion, state?.kubernetesVersion];
  const described = describeImage(image.id, state);
  if (declared !== undefined && tagged !== undefined && declared !== tagged) {
    return says.contradiction({ image: described, declared, tagged });
  }
  const minor = declared ?? tagged;
  return minor === undefined ? unknownMinor(described, state) : objectionToSkew(KubernetesMinor.parse(minor), target, described);
}

function objectionToAge(
  { id }: ImageIntent, { releaseVersion: running = '' }: NodeGroupState, { catalog }: Change,
): Omit<Observation, 'about'> | undefined {
  const [wanted, live] = [id, running].map((image) => readImage(catalog, image));
  return isOlderImage(wanted, live)
    ? { severity: 'warning', ...says.older({ image: describeImage(id, wanted), running: describeImage(running, live) }) } : undefined;
}

/** Undefined where it could not be read, or does not exist for the account. */
function readImage(catalog: RegionCatalog, id: string): ImageState | undefined {
  const found = imageIn(catalog, id);
  return found.known ? found.value : undefined;
}

function unknownMinor(image: string, state: ImageState | undefined): Omit<Observation, 'about'> {
  return { severity: 'warning', ...says.untold({ image, isRead: state !== undefined }), unknown: true };
}

function objectionToSkew(minor: KubernetesMinor, target: KubernetesMinor, image: string): Omit<Observation, 'about'> | undefined {
  const skew = kubeletSkewOf(target);
  switch (judgeSkew(target, minor)) {
    case 'ahead': return says.ahead({ image, minor, target });
    case 'too far behind': return says.tooFarBehind({ image, minor, skew, target, oldest: target.plus(-skew) });
    default: return undefined;
  }
}
