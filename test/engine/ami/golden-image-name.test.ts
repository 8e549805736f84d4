import { imageInParameterName } from '../../../src/engine/ami/golden-image-name';

test.each<[string, string | undefined, string | undefined]>([
  ['/golden/eks/1.36/al2023/x86_64/image_id', '1.36', 'x86_64'],
  ['/golden/eks-1.36/arm64', '1.36', 'arm64'],
  ['/golden/k8s_v1.36.2/amd64', '1.36', 'x86_64'],
  ['/golden/aws-k8s-1.36/aarch64', '1.36', 'arm64'],
  ['/golden/kubernetes1.36/AARCH64', '1.36', 'arm64'],
  ['/golden/v1.36', '1.36', undefined],
  ['/golden/1.36:production', '1.36', undefined],
  ['/golden/nodes:1.36', '1.36', undefined],
  ['arn:aws:ssm:us-west-2:111122223333:parameter/golden/1.36/arm64', '1.36', 'arm64'],
  ['/golden/1.36/again/1.36', '1.36', undefined],
  ['/golden/from-1.35/1.35/1.36', undefined, undefined], // two minors tell none
  ['/golden/x86_64/arm64', undefined, undefined],
  ['/golden/1.36.2', undefined, undefined], // may be a version of Bottlerocket
  ['/golden/1.3', undefined, undefined],
  ['/golden/11.36', undefined, undefined],
  ['/golden/1.360', undefined, undefined],
  ['/golden/myeks-1.36', undefined, undefined],
  ['/golden/nodes', undefined, undefined],
])('%s tells Kubernetes %s and architecture %s', (name, kubernetesVersion, architecture) => {
  expect(imageInParameterName(name)).toEqual({ kubernetesVersion, architecture });
});
