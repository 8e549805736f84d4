import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClusterPlan } from '../../../src/cli/plan/cluster-plan';
import { planHtml } from '../../../src/cli/plan/html-format';

const NASTY = '<script>document.title=\'owned\'</script>"\'&';

const step = (name: string) => ({ kind: 'add-on', name, from: 'v1.20.1-eksbuild.3', to: 'v1.21.1-eksbuild.1' } as const);

const PLAN: ClusterPlan = {
  name: 'prod',
  path: 'Prod/Cluster',
  account: '111122223333',
  region: 'us-west-2',
  from: '1.35',
  to: '1.37',
  minutes: { from: 25, to: 130 },
  open: [NASTY],
  gaps: [],
  savedUsdInYear: 2922,
  deployments: [
    {
      from: '1.35',
      to: '1.36',
      minutes: { from: 8, to: 25 },
      passed: true,
      unsafeToStop: [],
      wayBackTo: '1.35',
      steps: [{ step: { kind: 'control-plane', from: '1.35', to: '1.36' }, minutes: { from: 8, to: 25 }, latestStart: 0 }],
      findings: [{
        id: 'node-group-current:workers',
        check: 'node-group-current',
        severity: 'warning',
        subject: 's',
        reason: 'r',
        data: {},
        message: NASTY,
        remedy: 'r',
        details: [],
        unknown: false,
        source: 'https://example.com',
        about: { kind: 'cluster', name: 'prod' },
      }],
    },
    {
      from: '1.36',
      to: '1.37',
      minutes: { from: 17, to: 105 },
      passed: false,
      unsafeToStop: ['nodes are too old'],
      closesWayBackTo: '1.35',
      steps: [
        { step: { kind: 'control-plane', from: '1.36', to: '1.37' }, minutes: { from: 8, to: 25 }, latestStart: 0 },
        { step: step(NASTY), minutes: { from: 1, to: 10 }, latestStart: 25 },
        {
          step: { kind: 'node-group', name: 'workers', from: '1.35', to: '1.37', releaseVersion: '1.37.4-20260714', by: 'version' },
          minutes: { from: 8, to: 70 },
          latestStart: 35,
        },
        { step: { kind: 'node-group-replacement', name: 'old', amiType: 'AL2_x86_64', to: '1.37' }, latestStart: 35 },
      ],
      findings: [{
        id: 'cluster-active',
        check: 'cluster-active',
        severity: 'error',
        subject: 's',
        reason: 'r',
        data: {},
        message: 'no',
        remedy: 'r',
        details: [],
        unknown: false,
        source: 'https://example.com',
        about: { kind: 'cluster', name: 'prod' },
      }],
    },
  ],
};

const page = planHtml([PLAN, { name: 'gone', path: 'Gone', unreadable: NASTY }], new Date('2026-11-25T12:00:00Z'));

test('the page needs nothing from elsewhere, and forbids it', () => {
  expect(page).not.toMatch(/\b(src|href)=|url\(|@import/);
  expect(page).toContain('content="default-src \'none\'; style-src \'unsafe-inline\'"');
});

test('what is put in is escaped, wherever it stands', () => {
  expect(page).not.toContain('<script');
  expect(page.match(/&#60;script&#62;document\.title=&#39;owned&#39;&#60;\/script&#62;&#34;&#39;&#38;/g)).toHaveLength(5);
});

/** Debian's, or none. */
const chromium = spawnSync('chromium', ['--version']).status === 0 ? 'chromium' : undefined;
if (!chromium) console.warn('SKIPPED: the page is not tried in a browser, because there is no Chromium: apt-get install chromium');

(chromium ? describe : describe.skip)('in Chromium', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plan-'));
    await writeFile(join(folder, 'plan.html'), page);
  });

  afterEach(async () => rm(folder, { recursive: true }));

  const browse = (...args: string[]) => execFileSync(chromium!, [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', `--user-data-dir=${join(folder, 'profile')}`, '--window-size=1150,1100', ...args,
    `file://${join(folder, 'plan.html')}`,
  ], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 60_000 });

  test('the timeline is drawn: a bar for each step whose time is known, within the picture, in order', () => {
    const dom = browse('--dump-dom');

    expect(dom).toContain('<title>Upgrade plan</title>');
    const bars = [...dom.matchAll(/<rect class="most" x="([\d.]+)" y="(\d+)" width="([\d.]+)"/g)].map(
      ([, ...numbers]) => numbers.map(Number),
    );
    expect(bars).toHaveLength(4);
    bars.forEach(([x, , width]) => expect(x + width).toBeLessThanOrEqual(1000));
    expect(bars.map(([x]) => x)).toEqual(bars.map(([x]) => x).sort((a, b) => a - b));
  }, 90_000);

  test('it shows something', async () => {
    browse(`--screenshot=${join(folder, 'plan.png')}`);

    expect((await readFile(join(folder, 'plan.png'))).length).toBeGreaterThan(20_000);
  }, 90_000);
});
