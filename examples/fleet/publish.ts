/*
 * npx tsx publish.ts <release> <wave> …: publishes an AMI release in all Regions of the fleet, and lets the waves have it.
 */
import { REGIONS, WAVES, wavesCalled } from './fleet';
import { label, publish } from './releases';

const [release, ...names] = process.argv.slice(2);
if (!release || names.length === 0) {
  throw new Error(`give a release such as 1.36.2-20260714, and the waves that get it: of ${WAVES.map(({ name }) => name).join(', ')}`);
}
const waves = wavesCalled(...names).map(({ name }) => name);

for (const region of REGIONS) {
  label(publish(release, region), waves);
  console.log(`${region}: ${release} is the release of ${waves.join(', ')}`);
}
