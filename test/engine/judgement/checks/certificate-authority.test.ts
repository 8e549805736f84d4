import { sample } from './certificate-authority.sample';
import { certificateAuthority } from '../../../../src/engine/judgement/checks/certificate-authority';
import { CertificateAuthorities } from '../../../../src/engine/state/certificate-authorities';
import { Known, known, notKnown } from '../../../../src/engine/state/known';
import { aCluster, findings } from '../../a-cluster';

const BOTH = (sample.state.certificateAuthorities as Known<CertificateAuthorities> & { known: true }).value;
const [OLD, NEW] = BOTH.authorities;
const ROLLED = known({ workers: '2026-11-10T00:00:00Z' });

function judge(authorities: Known<CertificateAuthorities> | undefined, activeCertificateAuthorityId?: string) {
  return findings(certificateAuthority, aCluster({ certificateAuthorities: authorities }), { activeCertificateAuthorityId });
}

test('a successor that nodes are older than is a warning, with both dates', () => {
  expect(judge(known(BOTH))).toMatchObject([{
    id: 'certificate-authority',
    severity: 'warning',
    reason: 'nodesBehind',
    data: {
      expires: '2027-06-03',
      successor: 'ca-2',
      distribution: 'COMPLETE',
      first: '2026-12-03',
      final: '2027-04-19',
      behind: ['workers'],
    },
  }]);
});

test('once all nodes are newer, it is information how to activate it', () => {
  expect(judge(known({ ...BOTH, nodesSince: ROLLED }))).toMatchObject([
    { severity: 'info', reason: 'nodesReady', data: { successor: 'ca-2' } },
  ]);
});

test('nodes of which it cannot be read are a warning', () => {
  expect(judge(known({ ...BOTH, nodesSince: notKnown('throttled') }))).toMatchObject([
    { severity: 'warning', reason: 'nodesUnknown' },
  ]);
});

test('an authority alone is worth a word in its last year only', () => {
  const alone = (notAfter: string) => known({ authorities: [{ ...OLD, notAfter }], nodesSince: known({}) });
  expect(judge(alone('2027-11-01T00:00:00Z'))).toMatchObject([
    { severity: 'info', reason: 'expires', data: { expires: '2027-11-01' } },
  ]);
  expect(judge(alone('2027-12-01T00:00:00Z'))).toEqual([]);
});

test('the authority before the one that signs is no successor', () => {
  const retired = known({ ...BOTH, authorities: [{ ...OLD, signing: 'NOT_USED' }, { ...NEW, signing: 'IN_USE' }] });
  expect(judge(retired)).toEqual([]);
});

describe('its activation', () => {
  test('is an error before the nodes have been exchanged, and passes afterwards', () => {
    expect(judge(known(BOTH), 'ca-2')).toMatchObject([
      { severity: 'error', reason: 'activatedTooEarly', data: { behind: ['workers'] } },
    ]);
    expect(judge(known({ ...BOTH, nodesSince: ROLLED }), 'ca-2')).toEqual([]);
  });

  test('is an error before its distribution, and of one that is not there', () => {
    const early = known({ authorities: [OLD, { ...NEW, distribution: 'IN_PROGRESS' }], nodesSince: ROLLED });
    expect(judge(early, 'ca-2')).toMatchObject([
      { severity: 'error', reason: 'notDistributed', data: { distribution: 'IN_PROGRESS' } },
    ]);
    expect(judge(known(BOTH), 'ca-3')).toMatchObject([
      { severity: 'error', reason: 'unknownAuthority', data: { ids: ['ca-1', 'ca-2'] } },
    ]);
  });

  test('of the one that signs already changes nothing', () => {
    expect(judge(known({ ...BOTH, nodesSince: ROLLED }), 'ca-1')).toMatchObject([{ severity: 'info' }]);
  });

  test('cannot be judged blindly', () => {
    expect(judge(notKnown('not allowed to call eks:ListCertificateAuthorities'), 'ca-2')).toMatchObject([
      { id: 'certificate-authority:unknown', severity: 'error', unknown: true, reason: 'unread' },
    ]);
    expect(judge(known({ ...BOTH, nodesSince: notKnown('throttled') }), 'ca-2'))
      .toMatchObject([{ severity: 'error', unknown: true, reason: 'nodesUnread' }]);
  });
});

test('the permission is optional as long as nothing is activated', () => {
  expect(judge(notKnown('not allowed to call eks:ListCertificateAuthorities'))).toEqual([]);
  expect(judge(undefined)).toEqual([]);
});
