/*
 * npx tsx promote.ts <wave> <next>: lets the next wave have the AMI release of a wave, in all Regions of the fleet.
 */
import { aws } from './aws-cli';
import { REGIONS, RELEASES, wavesCalled } from './fleet';
import { label } from './releases';

const [wave, next] = wavesCalled(...[2, 3].map((index) => process.argv[index]));

for (const region of REGIONS) {
  const { Parameter: { Version: version, Value: release } } = aws([
    'ssm', 'get-parameter', '--name', `${RELEASES}:${wave.name}`, '--region', region,
  ]);
  label({ region, version }, [next.name]);
  console.log(`${region}: ${release} is the release of wave ${next.name}`);
}
