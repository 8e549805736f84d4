import { instanceQuotaOf } from '../../../src/engine/eks/instance-quota';

test.each([
  ['m7i.large', 'ON_DEMAND', 'L-1216C47A'],
  ['t4g.medium', 'SPOT', 'L-34B43A08'],
  ['i4i.xlarge', undefined, 'L-1216C47A'],
  ['inf2.xlarge', 'ON_DEMAND', 'L-1945791B'],
  ['im4gn.large', 'ON_DEMAND', 'L-1216C47A'],
  ['g6e.xlarge', 'SPOT', 'L-3819A6DF'],
  ['vt1.3xlarge', 'ON_DEMAND', 'L-DB2E81BA'],
  ['p4d.24xlarge', 'SPOT', 'L-7212CCBC'],
  ['p5.48xlarge', 'SPOT', 'L-C4BD4855'],
  ['trn1.2xlarge', 'ON_DEMAND', 'L-2C3B7624'],
  ['trn1.2xlarge', 'SPOT', 'L-6B0D517C'],
  ['hpc7a.12xlarge', 'ON_DEMAND', 'L-F7808C92'],
  ['hpc7a.12xlarge', 'SPOT', undefined],
  ['u-6tb1.56xlarge', 'ON_DEMAND', 'L-43DA4232'],
  ['x2idn.16xlarge', 'ON_DEMAND', 'L-7295265B'],
  ['dl1.24xlarge', 'ON_DEMAND', 'L-6E869C2A'],
  ['d3.xlarge', 'ON_DEMAND', 'L-1216C47A'],
  ['p5.48xlarge', 'CAPACITY_BLOCK', undefined],
  ['y1.large', 'ON_DEMAND', undefined],
])('%s, %s: %s', (type, capacityType, code) => {
  expect(instanceQuotaOf(type, capacityType)).toBe(code);
});
