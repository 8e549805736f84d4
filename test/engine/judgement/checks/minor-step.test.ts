import { minorStep } from '../../../../src/engine/judgement/checks/minor-step';
import { aCluster, anUpgradedCluster, findings } from '../../a-cluster';

test.each([['the next minor', '1.36'], ['the same version', '1.35'], ['the minor before', '1.34']])('passes for %s', (_, version) => {
  expect(findings(minorStep, aCluster(), { version })).toEqual([]);
});

test('passes when no version is wanted', () => {
  expect(findings(minorStep, anUpgradedCluster(), {})).toEqual([]);
});

test('fails for a jump, with the path', () => {
  expect(findings(minorStep, aCluster({ version: '1.34' }), { version: '1.36' })).toMatchObject([{
    about: { kind: 'cluster', name: 'prod' },
    unknown: false,
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html',
    id: 'minor-step',
    check: 'minor-step',
    severity: 'error',
    subject: 'cluster prod',
    reason: 'skips',
    data: {
      current: '1.34',
      target: '1.36',
      path: ['1.34', '1.35', '1.36'],
      next: '1.35',
    },
    details: [],
  }]);
});

test('fails for a jump of a cluster that others have taken back: what the template has already, CloudFormation does not send', () => {
  const jump = (previousVersion: string) => findings(minorStep, aCluster({ version: '1.34' }), { version: '1.36', previousVersion });
  expect(jump('1.35')).toMatchObject([{
    severity: 'error',
    reason: 'unsent',
    data: { next: '1.35', cluster: 'prod', region: 'us-east-1' },
    remedy: expect.stringContaining("'aws eks update-cluster-version --name prod --kubernetes-version 1.35 --region us-east-1'"),
  }]);
  expect(jump('1.34')).toMatchObject([{ reason: 'skips' }]);
});

test('fails for another major', () => {
  expect(findings(minorStep, aCluster(), { version: '2.0' })).toHaveLength(1);
});

test('fails for a version that is none', () => {
  expect(() => findings(minorStep, aCluster(), { version: '1.36.2' })).toThrow("'1.36.2' is not a Kubernetes version of EKS");
});
