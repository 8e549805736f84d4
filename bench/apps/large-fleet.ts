/**
 * What `examples/fleet/fleet.ts` exports, of as many clusters as are asked for: in waves over accounts of five Regions each.
 */
import type { FleetCluster, Wave } from '../../examples/fleet/fleet';

export { ALARM, ERRORS, regionsOf, RELEASES, releaseOf, TOOLS, waveAlarm, WINDOW } from '../../examples/fleet/fleet';

const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1', 'ap-southeast-2'];

/** As many clusters as the alarms of a wave count for: ten accounts. */
const LARGEST_WAVE = 10 * REGIONS.length;

/** One cluster, then up to a tenth of the fleet, then the others. */
export function wavesOf(size: number): Wave[] {
  const clusters = Array.from({ length: size }, (_, index): FleetCluster => ({
    name: `prod-${index}`, account: String(200_000_000_000 + Math.floor(index / REGIONS.length)), region: REGIONS[index % REGIONS.length],
  }));
  const ends = [1, 0.1 * size, 0.3 * size];
  while (ends.at(-1)! < size) ends.push(Math.min(ends.at(-1)! + LARGEST_WAVE, size));
  return ends.map((end, index) => ({ name: `wave${index}`, gateMinutes: 60, clusters: clusters.slice(ends[index - 1] ?? 0, end) }));
}

export const WAVES = wavesOf(Number(process.env.BENCH_CLUSTERS ?? 0));
