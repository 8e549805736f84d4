import { movesAnything } from '../../../src/engine/change/moves';
import { known, notKnown } from '../../../src/engine/state/known';
import { aCluster, aNodeGroup } from '../a-cluster';

const [OLD, NEW] = ['ami-0123456789abcde07', 'ami-0123456789abcde08'];

describe('a golden image that CloudFormation does not tell of', () => {
  const running = (releaseVersion: string) => aCluster({ nodeGroups: known([aNodeGroup({ amiType: 'CUSTOM', releaseVersion })]) });
  const wants = (id: string) => ({ nodeGroups: { workers: { image: { id } } } });

  test('moves something where nodes run another one', () => {
    expect(movesAnything(wants(NEW), running(OLD))).toBe(true);
    expect(movesAnything(wants(OLD), running(OLD))).toBe(false);
  });

  test('moves nothing by itself where CloudFormation tells what it changes, or nobody knows what runs', () => {
    expect(movesAnything(wants(NEW))).toBe(false);
    expect(movesAnything(wants(NEW), aCluster({ nodeGroups: notKnown('denied') }))).toBe(false);
  });

  test('of another node group moves nothing', () => {
    expect(movesAnything({ nodeGroups: { others: { image: { id: NEW } } } }, running(OLD))).toBe(false);
  });
});
