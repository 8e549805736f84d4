import { playHistories } from './play';
import { emptyTally } from './tally';
import { describeDeployments } from '../scenario';

/** Another one each time, and always printed. */
const SEED = Number(process.env.HISTORIES_SEED ?? Date.now() % 2 ** 31);

const MINUTES = 2;

describeDeployments('histories of deployments', (cloud) => {
  test('nothing that starts can strand', async () => {
    const tally = emptyTally();
    try {
      await playHistories(cloud(), { seed: SEED, runs: 10_000, minutes: MINUTES }, tally);
    } finally {
      process.stderr.write(`histories of seed ${SEED} (HISTORIES_SEED): ${JSON.stringify(tally)}\n`);
    }
    expect(tally.histories).toBeGreaterThan(0);
  }, (MINUTES + 3) * 60_000);
});
