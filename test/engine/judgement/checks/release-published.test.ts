import { sample } from './release-published.sample';
import { releasePublished } from '../../../../src/engine/judgement/checks/release-published';
import { Known, known, notKnown } from '../../../../src/engine/state/known';
import { ReleaseStanding } from '../../../../src/engine/state/region-catalog';
import { aCatalog, aNodeGroup, findings } from '../../a-cluster';

const { state, intent, catalog } = sample;

function answering(standing: Known<ReleaseStanding>) {
  return aCatalog({ releases: catalog.releases!.map((release) => ({ ...release, standing })) });
}

test('fails for a release that AWS does not publish, and names the nearest', () => {
  expect(findings(releasePublished, state, intent, catalog)).toMatchObject([{
    id: 'release-published:workers',
    severity: 'error',
    message: 'AWS does not publish release 1.36.2-20261105 of AL2023_x86_64_STANDARD for Kubernetes 1.36 in this Region, so EKS would refuse it',
    remedy: 'choose 1.36.2-20261104, or another release that AWS publishes there',
  }]);
});

test('passes for one that AWS publishes, and for what was not asked', () => {
  expect(findings(releasePublished, state, intent, answering(known({ published: true, near: [] })))).toEqual([]);
  expect(findings(releasePublished, state, intent)).toEqual([]);
  expect(findings(releasePublished, state, { nodeGroups: { workers: { releaseVersion: '1.36.2-20261105' } } }, catalog)).toEqual([]);
});

test('does not look at a group that stays or goes', () => {
  const there = { ...state, nodeGroups: known([aNodeGroup({ releaseVersion: '1.36.2-20261105' })]) };
  expect(findings(releasePublished, there, intent, catalog)).toEqual([]);
  expect(findings(releasePublished, state, { version: '1.36', nodeGroups: { workers: { ...intent.nodeGroups!.workers, removed: true } } }, catalog)).toEqual([]);
});

test('warns where AWS names the latest release only, and tells what was not looked at', () => {
  expect(findings(releasePublished, state, intent, answering(known({ near: ['1.36-2026.11.04'] }))))
    .toMatchObject([{ severity: 'warning', remedy: expect.stringContaining('choose 1.36-2026.11.04') }]);
  expect(findings(releasePublished, state, intent, answering(notKnown('not allowed to call ssm:GetParameter')))).toMatchObject([{
    severity: 'info', unknown: false, message: expect.stringContaining('not allowed to call ssm:GetParameter'),
  }]);
});
