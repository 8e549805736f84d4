import { BakeEnded } from './bake-execution';
import { Outcome } from './custom-resource-response';
import { BakedSubject } from '../engine/change/resource-properties';
import { secondsInWords } from '../engine/plan/seconds-in-words';
import { withoutControlCharacters } from '../engine/state/untrusted-text';

/**
 * What CloudFormation is answered at the end of a bake.
 *
 * @param held what has held its pods, in words
 */
export function verdictOfBake({ Request, StartedAt, Problems }: BakeEnded['BakeEnded'], now: Date, held: readonly string[] = []): Outcome {
  if (Problems.length === 0) {
    return { Status: 'SUCCESS', Data: {} };
  }
  const { Subject, DurationSeconds } = Request.ResourceProperties;
  const baked = secondsInWords(Math.max(0, (now.getTime() - Date.parse(StartedAt)) / 1000));
  return {
    Status: 'FAILED',
    Reason: `the bake of ${describeSubject(Subject)} failed ${baked} into its ${secondsInWords(Number(DurationSeconds))}: `
      + `${[...Problems, ...held].map(withoutControlCharacters).join('; ')}; ${consequenceFor(Subject)}`,
  };
}

function describeSubject({ ClusterName, NodegroupName, Version, ReleaseVersion }: BakedSubject): string {
  const versions = [Version && `Kubernetes ${Version}`, ReleaseVersion && `release ${ReleaseVersion}`].filter(Boolean).join(', ');
  return `${NodegroupName ? `node group ${NodegroupName}` : `the control plane of ${ClusterName}`}${versions ? ` (${versions})` : ''}`;
}

function consequenceFor({ NodegroupName, Version }: BakedSubject): string {
  return NodegroupName
    ? 'what waits for it has not rolled, and CloudFormation takes this deployment back; find the cause before the next one, or hold on to the release '
      + 'before with AmiTracking.pinned()'
    : `no add-on and no node has moved, and CloudFormation does not take the control plane back, which stays at ${Version}: find the cause and deploy again, `
      + 'or take it back by EKS within 7 days';
}
