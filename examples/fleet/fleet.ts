/** A cluster of the fleet. */
export interface FleetCluster {
  readonly name: string;
  readonly account: string;
  readonly region: string;
}

/** Clusters that are upgraded side by side, once those of the wave before are and nothing is wrong with them. */
export interface Wave {
  /** Also the label of the AMI release that is promoted to the wave, and the name of the environment on GitHub. */
  readonly name: string;
  readonly clusters: readonly FleetCluster[];
  /** How long the alarms of the clusters must stay quiet after the wave, before the next one begins. */
  readonly gateMinutes: number;
}

const clustersIn = (stage: string, account: string, regions: readonly string[]): FleetCluster[] =>
  regions.map((region) => ({ name: `${stage}-${region}`, account, region }));

/** The fleet, in the order in which it is upgraded. */
export const WAVES: readonly Wave[] = [
  { name: 'canary', gateMinutes: 120, clusters: clustersIn('staging', '444455556666', ['us-west-2']) },
  { name: 'early', gateMinutes: 240, clusters: clustersIn('prod', '777788889999', ['eu-west-1']) },
  { name: 'rest', gateMinutes: 30, clusters: clustersIn('prod', '777788889999', ['us-east-1', 'us-west-2', 'ap-southeast-2']) },
];

/** Where the pipeline lives, and the AMI releases that are promoted. */
export const TOOLS = { account: '111122223333', region: 'us-west-2' };

/**
 * In each Region, the parameter of the account of the tools, shared with those of the clusters: one version for each release,
 * labels for the waves.
 */
export const RELEASES = '/fleet/eks/1.36/workers';

/** The release of a wave in a Region. */
export function releaseOf(wave: string, region: string): string {
  return `arn:aws:ssm:${region}:${TOOLS.account}:parameter${RELEASES}:${wave}`;
}

/** What tells whether what runs on a cluster is well. */
export const ERRORS = { namespace: 'Checkout', metricName: 'Errors' };

/** The alarm of a cluster that watches it. */
export const ALARM = 'checkout-errors';

/** The alarm of a wave in a Region. */
export function waveAlarm(wave: string): string {
  return `fleet-${wave}-errors`;
}

/** The Regions of a wave. */
export function regionsOf({ clusters }: Pick<Wave, 'clusters'>): string[] {
  return [...new Set(clusters.map(({ region }) => region))];
}

/** The Regions of the fleet, each of which has the parameter with the releases. */
export const REGIONS = [...new Set(WAVES.flatMap(regionsOf))];

/** The waves of those names. */
export function wavesCalled(...names: readonly string[]): Wave[] {
  return names.map((wanted) => {
    const wave = WAVES.find(({ name }) => name === wanted);
    if (!wave) throw new Error(`'${wanted}' is no wave: give one of ${WAVES.map(({ name }) => name).join(', ')}`);
    return wave;
  });
}

/** When waves may begin: in the working hours of those who would have to help. */
export const WINDOW = { cron: '* * 8-16 ? * MON-THU *', timeZone: 'Europe/Berlin' };
