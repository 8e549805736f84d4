import { known } from '../../../../src/engine/state/known';
import { upgrade } from '../sample';

export const sample = upgrade({
  certificateAuthorities: known({
    authorities: [
      { id: 'ca-1', createdAt: '2017-06-05T00:00:00Z', signing: 'IN_USE', distribution: 'COMPLETE', notAfter: '2027-06-03T00:00:00Z' },
      {
        id: 'ca-2',
        createdAt: '2026-11-01T00:00:00Z',
        signing: 'NOT_USED',
        distribution: 'COMPLETE',
        notAfter: '2036-10-30T00:00:00Z',
        firstAutoActivation: '2026-12-03T00:00:00Z',
        finalAutoActivation: '2027-04-19T00:00:00Z',
      },
    ],
    nodesSince: known({ workers: '2026-10-20T00:00:00Z', gpu: '2026-11-10T00:00:00Z' }),
  }),
}, {});
