import { isPricedInUsd } from '../../../src/engine/kubernetes/support-terms';
import { known } from '../../../src/engine/state/known';
import { extendedSupportUsdInYear, saySupport, supportOf } from '../../../src/engine/state/support-standing';
import { aCatalog, aCluster } from '../a-cluster';

const CATALOG = aCatalog({
  offeredVersions: known([{
    version: '1.36', status: 'EXTENDED_SUPPORT', endOfStandardSupport: '2026-07-29', endOfExtendedSupport: '2027-07-29',
  }]),
});

const inRegion = (partition: string, region: string) => aCluster({
  arn: `arn:${partition}:eks:${region}:111122223333:cluster/prod`, supportType: known('EXTENDED'), observedAt: '2026-11-22T00:00:00Z',
});

test.each([['aws', 'eu-central-1'], ['aws-us-gov', 'us-gov-west-1']])('the price of extended support is told in %s', (partition, region) => {
  const cluster = inRegion(partition, region);
  const standing = supportOf('1.36', cluster, CATALOG)!;
  expect(standing.extraUsdPerYear).toBe(4380);
  expect(saySupport('1.36', standing).data).toMatchObject({ cost: '4,380 USD a year more' });
  expect(extendedSupportUsdInYear('1.36', cluster, CATALOG)).toBeGreaterThan(2000);
});

test.each([
  ['aws-cn', 'cn-northwest-1'], ['aws-eusc', 'eusc-de-east-1'], ['aws-iso', 'us-iso-east-1'], ['aws-iso-b', 'us-isob-east-1'],
  ['aws-iso-e', 'eu-isoe-west-1'], ['aws-iso-f', 'us-isof-south-1'],
])('where other prices hold, in %s, there is no sum in words or data', (partition, region) => {
  const cluster = inRegion(partition, region);
  const standing = supportOf('1.36', cluster, CATALOG)!;
  expect(standing).not.toHaveProperty('extraUsdPerYear');
  expect(saySupport('1.36', standing).data).toMatchObject({ cost: 'more' });
  expect(extendedSupportUsdInYear('1.36', cluster, CATALOG)).toBeUndefined();
});

test('where the Region is unknown, the price is that of commercial Regions', () => {
  expect(isPricedInUsd('')).toBe(true);
});
