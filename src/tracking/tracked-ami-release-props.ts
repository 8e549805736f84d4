import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { AmiTracking } from './ami-tracking';
import { EksAmiType } from '../engine/ami/eks-ami-type';

/**
 * Properties of a tracked AMI release.
 */
export interface TrackedAmiReleaseProps {
  /** AMI type of the nodes. */
  readonly eksAmiType: EksAmiType;

  /** Kubernetes version of the nodes. */
  readonly kubernetesVersion: eks.KubernetesVersion;

  /**
   * How the release is chosen, and when it moves.
   *
   * @default AmiTracking.recommended()
   */
  readonly amiTracking?: AmiTracking;
}
