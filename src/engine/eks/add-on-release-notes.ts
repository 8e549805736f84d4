import { parseAddOnVersion } from './add-on-version';
import { CORE_DNS, EBS_CSI_DRIVER, KUBE_PROXY, VPC_CNI } from '../state/add-on-names';

/** Where the projects behind add-ons publish their releases, with the upstream version as the tag; by name of the add-on. */
const REPOSITORIES: Readonly<Record<string, string>> = {
  [EBS_CSI_DRIVER]: 'kubernetes-sigs/aws-ebs-csi-driver',
  'aws-efs-csi-driver': 'kubernetes-sigs/aws-efs-csi-driver',
  'aws-mountpoint-s3-csi-driver': 'awslabs/mountpoint-s3-csi-driver',
  'cert-manager': 'cert-manager/cert-manager',
  [CORE_DNS]: 'coredns/coredns',
  'external-dns': 'kubernetes-sigs/external-dns',
  [KUBE_PROXY]: 'kubernetes/kubernetes',
  'kube-state-metrics': 'kubernetes/kube-state-metrics',
  'metrics-server': 'kubernetes-sigs/metrics-server',
  'prometheus-node-exporter': 'prometheus/node_exporter',
  'snapshot-controller': 'kubernetes-csi/external-snapshotter',
  [VPC_CNI]: 'aws/amazon-vpc-cni-k8s',
};

/** Where a version of an add-on is described; undefined for add-ons of which this library does not know it. */
export function addOnReleaseNotesUrl(name: string, version: string): string | undefined {
  const [repository, parsed] = [REPOSITORIES[name], parseAddOnVersion(version)];
  return repository && parsed ? `https://github.com/${repository}/releases/tag/v${parsed.major}.${parsed.minor}.${parsed.patch}` : undefined;
}
