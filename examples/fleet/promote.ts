/*
 * npx tsx promote.ts <wave> <next>: lets the next wave have the AMI release of a wave, in all Regions of the fleet.
 */
import { aws } from './aws-cli';
import { RELEASES, WAVES } from './fleet';

const [wave, next] = process.argv.slice(2);
const unknown = [wave, next].find((name) => !WAVES.some((one) => one.name === name));
if (unknown !== undefined || !next) {
  throw new Error(`'${unknown ?? next}' is no wave: give two of ${WAVES.map(({ name }) => name).join(', ')}`);
}

for (const region of new Set(WAVES.flatMap(({ clusters }) => clusters.map((cluster) => cluster.region)))) {
  const { Parameter: { Version: version, Value: release } } = aws([
    'ssm', 'get-parameter', '--name', `${RELEASES}:${wave}`, '--region', region,
  ]);
  aws(['ssm', 'label-parameter-version', '--name', RELEASES, '--parameter-version', String(version), '--labels', next, '--region', region]);
  console.log(`${region}: ${release} is the release of wave ${next}`);
}
