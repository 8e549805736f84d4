import { ConstructPlace, TrackedLookUp } from '../../../src/cli/app/tracked-look-up';
import { RefreshedAddOn } from '../../../src/cli/refresh/add-ons';
import { RefreshedLookUp } from '../../../src/cli/refresh/judge-look-ups';
import { refreshMarkdown } from '../../../src/cli/refresh/refresh-markdown';
import { ReleaseMove } from '../../../src/cli/refresh/release-move';

const NOW = new Date('2026-11-25T12:00:00Z');
const RELEASE = {
  from: '1.36.2-20260714',
  to: '1.36.2-20260811',
  publishedAt: '2026-11-16T00:00:00.000Z',
  releaseNotesUrl: 'https://github.com/awslabs/amazon-eks-ami/releases/tag/v20260811',
};
const environment = { account: '111122223333', region: 'us-west-2' };

/** What is used in a thousand places, as in a fleet of a hundred clusters. */
function inThousandPlaces(move: ReleaseMove): RefreshedLookUp {
  const usedBy = Array.from({ length: 1000 }, (_, index) => ({ path: `Platform-Prod/Cluster-${index}/NodegroupWorkersOfTeam` })) as ConstructPlace[];
  const lookUp = { environment, parameterName: '/aws/service/eks', amiType: 'AL2023_x86_64_STANDARD', kubernetesVersion: '1.36', usedBy };
  return { lookUp: lookUp as unknown as TrackedLookUp, move };
}

const ADD_ONS = Array.from({ length: 1000 }, (_, index) => ({
  lookUp: { name: 'coredns', cluster: `platform-prod-${index}`, environment, kubernetesVersion: '1.36' },
  move: { outcome: 'moved', from: 'v1.12.4-eksbuild.1', to: 'v1.12.5-eksbuild.1' },
})) as unknown as RefreshedAddOn[];

test('the body of a pull request for a large fleet is one that GitHub takes, and still says what is to be looked at', () => {
  const body = refreshMarkdown([
    inThousandPlaces({ outcome: 'moved', ...RELEASE, value: RELEASE.to, flags: ['look here'] }),
    inThousandPlaces({ outcome: 'withdrawn', ...RELEASE, isOlder: true }),
  ], ADD_ONS, NOW);
  expect(body.length).toBeLessThan(60_000);
  expect(body.match(/^\| and 900 more \| \| \| \| \| \|$/gm)).toHaveLength(2);
  expect(body).toMatch(/^- .* and 990 more\\\): look here$/m);
  expect(body).toMatch(/\nNot taken:\n\n- .* and 990 more\\\): /);
});
