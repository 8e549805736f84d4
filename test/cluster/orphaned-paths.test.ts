import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App, Stage } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { newStack, NO_STAGING, saidOn, upgradableCluster } from './_fixtures';
import { UpgradePath } from '../../src';
import { notes, warnings } from '../../src/cluster/messages';
import { rollbackKey } from '../../src/engine/declaration/rollback-entry';
import { sentence } from '../../src/engine/messages/sentence';
import { stepKey, upgradePathFile } from '../../src/engine/plan/upgrade-path-file';

/*
 * A cluster that is moved or renamed on its way: what the context and the file hold by its construct path is not obeyed any more.
 */

const PLACE = { account: '111122223333', region: 'us-west-2' };
const BEFORE = 'Stack/Cluster';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'orphans-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Given {
  readonly account?: string;
  readonly appVersion?: string;
  /** Whether the app has a cluster at the path of the file and the context. */
  readonly isThere?: boolean;
  readonly place?: (app: App) => Construct;
  readonly id?: string;
}

const inStage = (app: App) => newStack({ app: new Stage(app, 'Prod') as App });

/** What is said of a cluster that was at `Stack/Cluster` while the path and the rollback were written. */
function saidOf({ account = PLACE.account, appVersion = '1.34', isThere, place = inStage, id }: Given) {
  const file = join(folder, 'way.json');
  const step = { does: [], nodesHeldAt: {}, releases: {}, addOns: {} };
  const at = { region: PLACE.region, account };
  writeFileSync(file, JSON.stringify(upgradePathFile([
    { ...at, cluster: BEFORE, appVersion, steps: [{ ...step, version: '1.34' }, { ...step, version: '1.35' }] },
  ])));
  const app = new App({
    context: {
      ...NO_STAGING,
      [stepKey({ ...at, cluster: BEFORE })]: { step: 1, version: '1.35' },
      [rollbackKey({ ...at, path: BEFORE }, appVersion)]: { to: '1.33', stage: 'nodes', releases: {}, addOns: {} },
    },
  });
  const cluster = upgradableCluster(place(app), { id, version: eks.KubernetesVersion.of('1.34'), upgradePath: UpgradePath.fromFile(file) });
  if (isThere) upgradableCluster(newStack({ app })); // comes later
  const values = { paths: [BEFORE], cluster: cluster.node.path };
  return {
    said: [...saidOn(cluster, 'warning'), ...saidOn(cluster, 'info')].filter((text) => /rphaned|upgradePathIgnored/.test(text)).map(
      (text) => text.replace(/ \[ack: .*/, ''),
    ).sort(),
    orphaned: [
      sentence(warnings.rollbackOrphaned({ ...values, version: '1.34' })),
      sentence(warnings.upgradePathOrphaned({ ...values, file, appVersion })),
    ].sort(),
    note: [sentence(notes.upgradePathIgnored({ file }))],
  };
}

test.each<[string, Given]>([
  ['a Stage is put around its stack', {}],
  ['it is renamed', { place: (app) => newStack({ app }), id: 'Prod' }],
  ['a construct of its old ID is put around it', { place: (app) => new Construct(newStack({ app }), 'Cluster') }],
])('warns of path and rollback when %s', (_, given) => {
  const { said, orphaned } = saidOf(given);
  expect(said).toEqual(orphaned);
});

test.each<[string, Given]>([
  ['is that of another cluster of the app', { isThere: true }],
  ['is of another account', { account: '444455556666' }],
  ['is for another version', { appVersion: '1.33' }],
])('the note is enough where what the file and the context hold %s', (_, given) => {
  const { said, note } = saidOf(given);
  expect(said).toEqual(note);
});
