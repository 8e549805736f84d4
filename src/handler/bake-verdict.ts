import { BakeEnded } from './bake-execution';
import { Outcome } from './custom-resource-response';
import { says } from './messages';
import { Said } from '../engine/messages/message';
import { sentence } from '../engine/messages/sentence';
import { secondsInWords } from '../engine/plan/seconds-in-words';
import { withoutControlCharacters } from '../engine/state/untrusted-text';

/** How a bake has ended, as CloudFormation is answered, and what that says. */
export type BakeVerdict = Outcome & { readonly said?: Said };

/**
 * What CloudFormation is answered at the end of a bake.
 *
 * @param held what has held its pods, in words
 */
export function verdictOfBake(
  { Request, StartedAt, Problems }: BakeEnded['BakeEnded'], now: Date, held: readonly string[] = [],
): BakeVerdict {
  if (Problems.length === 0) {
    return { Status: 'SUCCESS', Data: {} };
  }
  const { Subject: { ClusterName, NodegroupName, Version, ReleaseVersion }, DurationSeconds } = Request.ResourceProperties;
  const values = {
    versions: [Version && `Kubernetes ${Version}`, ReleaseVersion && `release ${ReleaseVersion}`].filter((text) => text !== undefined),
    after: secondsInWords(Math.max(0, (now.getTime() - Date.parse(StartedAt)) / 1000)),
    duration: secondsInWords(Number(DurationSeconds)),
    problems: [...Problems, ...held].map(withoutControlCharacters),
  };
  const said = NodegroupName === undefined
    ? says.controlPlaneBakeFailed({ cluster: ClusterName, version: Version ?? 'its version', ...values })
    : says.nodeGroupBakeFailed({ nodeGroup: NodegroupName, ...values });
  return { Status: 'FAILED', Reason: sentence(said), said };
}
