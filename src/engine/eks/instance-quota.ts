/** The quotas of running instances, in vCPUs, by what the names of instance types begin with; the first that fits counts. */
const QUOTAS: ReadonlyArray<readonly [prefix: string, onDemand: string, spot?: string]> = [
  ['u-', 'L-43DA4232'],
  ['u7', 'L-43DA4232'],
  ['hpc', 'L-F7808C92'],
  ['inf', 'L-1945791B', 'L-B5D1601B'],
  ['trn', 'L-2C3B7624', 'L-6B0D517C'],
  ['dl', 'L-6E869C2A', 'L-85EED4F7'],
  ['vt', 'L-DB2E81BA', 'L-3819A6DF'],
  ['g', 'L-DB2E81BA', 'L-3819A6DF'],
  ['p5', 'L-417A185B', 'L-C4BD4855'],
  ['p', 'L-417A185B', 'L-7212CCBC'],
  ['f', 'L-74FC7D96', 'L-88CF9481'],
  ['x', 'L-7295265B', 'L-E3A00192'],
  ...['a', 'c', 'd', 'h', 'i', 'm', 'r', 't', 'z'].map((prefix) => [prefix, 'L-1216C47A', 'L-34B43A08'] as const),
];

/**
 * The code of the quota under which instances of a type fall; undefined for a family that this library does not know,
 * for one without a Spot quota, and for capacity blocks, which fall under none.
 *
 * @param capacityType as EKS names it; on demand where it names none
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-spot-limits.html
 */
export function instanceQuotaOf(instanceType: string, capacityType = 'ON_DEMAND'): string | undefined {
  const [, onDemand, spot] = QUOTAS.find(([prefix]) => instanceType.startsWith(prefix)) ?? [];
  switch (capacityType) {
    case 'ON_DEMAND': return onDemand;
    case 'SPOT': return spot;
    default: return undefined;
  }
}
