/** A folder of `src/`. */
export interface Folder {
  readonly holds: string;
  /** Folders of `src/` that it may import beside itself. Nothing else of `src/` is allowed. */
  readonly mayImport: readonly string[];
}

const ENGINE = ['messages', 'kubernetes', 'ami', 'state', 'eks', 'declaration', 'change', 'judgement', 'plan'].map((name) => `engine/${name}`);

/**
 * The folders of `src/`, from the ground up: each may import those that it names, and these stand above it.
 *
 * The linter enforces the table, and the map in ARCHITECTURE.md is written from it.
 */
export const FOLDERS: Readonly<Record<string, Folder>> = {
  'engine/messages': { holds: 'messages as data: templates of texts and remedies, and how they get their values', mayImport: [] },
  'engine/kubernetes': { holds: 'version arithmetic, kubelet skew, support calendar, the path from one minor to another', mayImport: ['engine/messages'] },
  'engine/ami': { holds: 'EKS AMI types and releases, as knowledge', mayImport: ['engine/messages', 'engine/kubernetes'] },
  'engine/state': {
    holds: 'what is: clusters, node groups, add-ons, deployed stacks, the catalog of a Region',
    mayImport: ['engine/kubernetes'],
  },
  'diagnostics': {
    holds: 'annotations with stable IDs, errors that end with the construct path, what is known while an app is synthesised',
    mayImport: ['engine/messages', 'engine/state'],
  },
  'engine/eks': {
    holds: 'facts of EKS: the order of an upgrade, add-ons, and the one choice of their versions',
    mayImport: ['engine/messages', 'engine/state', 'engine/kubernetes'],
  },
  'engine/declaration': { holds: 'what an app says of itself in the metadata of its cloud assembly', mayImport: ['engine/messages', 'engine/state'] },
  'engine/change': {
    holds: 'what a deployment changes, out of what is deployed, wanted and live',
    mayImport: ['engine/declaration', 'engine/eks', 'engine/state', 'engine/ami', 'engine/kubernetes'],
  },
  'engine/judgement': {
    holds: 'checks (one file a rule), findings, verdict and their words',
    mayImport: ['engine/change', 'engine/declaration', 'engine/eks', 'engine/state', 'engine/ami', 'engine/messages', 'engine/kubernetes'],
  },
  'engine/plan': {
    holds: 'steps, times and waves on the way to a version',
    mayImport: ['engine/judgement', 'engine/change', 'engine/declaration', 'engine/eks', 'engine/state', 'engine/messages', 'engine/kubernetes'],
  },
  'live': { holds: 'reads AWS into the state that the engine knows; the only folder that imports the AWS SDK', mayImport: ENGINE },
  'handler': { holds: 'the function behind the custom resources', mayImport: ['live', ...ENGINE] },
  'custom-resources': { holds: 'the function as constructs: role, log, code', mayImport: ['assets-folder', 'diagnostics', 'engine/change', 'engine/messages'] },
  'guard': { holds: 'the guard as a construct', mayImport: ['custom-resources', 'diagnostics', ...ENGINE] },
  'waves': {
    holds: '`Bake`: what has moved is watched before what waits for it moves',
    mayImport: ['custom-resources', 'handler', 'diagnostics', ...ENGINE],
  },
  'preview': { holds: 'the part of the preview that runs in the app: question, judgement, text', mayImport: ['diagnostics', ...ENGINE] },
  'tracking': { holds: 'AMI releases that are looked up, pinned and moved', mayImport: ['preview', 'diagnostics', ...ENGINE] },
  'manifests': { holds: 'what the app itself puts into its clusters, judged by Kubernetes version', mayImport: ['diagnostics', ...ENGINE] },
  'node-group': {
    holds: '`ManagedNodeGroupWithAmiTracking`',
    mayImport: ['tracking', 'waves', 'preview', 'diagnostics', ...ENGINE],
  },
  'cluster': {
    holds: '`UpgradableCluster`, `ClusterUpgrades`, `ManagedAddOn`',
    mayImport: ['node-group', 'manifests', 'tracking', 'waves', 'guard', 'custom-resources', 'preview', 'diagnostics', ...ENGINE],
  },
  'plugin': { holds: 'the part of the preview that runs in the CDK CLI: reads what is live', mayImport: ['preview', 'live', ...ENGINE] },
  'cli': { holds: 'the command line', mayImport: ['live', ...ENGINE] },
};

/** Folders that run where there is no CDK, in Lambda: of its packages they may import types alone. */
export const WITHOUT_CDK = ['src/engine/**', 'src/handler/**', 'src/live/**'];

/** The folders of `src/cli` that hold one command each. */
const COMMANDS = ['check', 'drain', 'plan', 'refresh', 'rollback', 'status'];

/** The table as zones of `import/no-restricted-paths`, and those that keep commands apart. */
export function zones(): object[] {
  const folders = Object.entries(FOLDERS).map(([folder, { mayImport }]) => ({
    target: `src/${folder}`,
    from: 'src',
    except: [folder, ...mayImport].map((path) => `./${path === 'assets-folder' ? `${path}.ts` : path}`),
    message: `src/${folder} may import ${mayImport.length === 0 ? 'nothing else' : mayImport.join(', ')}: see projenrc/folders.ts`,
  }));
  const commands = COMMANDS.map((command) => ({
    target: `src/cli/${command}`,
    from: COMMANDS.filter((other) => other !== command).map((other) => `src/cli/${other}`),
    message: 'a command imports nothing of another one: what several need is in a folder beside them, such as src/cli/app',
  }));
  return [...folders, ...commands];
}

/** The table as ARCHITECTURE.md shows it. */
export function folderMap(): string {
  const rows = Object.entries(FOLDERS).map(([folder, { holds, mayImport }]) => {
    const engine = ENGINE.every((name) => mayImport.includes(name));
    const names = [...mayImport.filter((name) => !engine || !ENGINE.includes(name)), ...engine ? ['engine'] : []];
    return `| \`src/${folder}\` | ${holds} | ${names.map((name) => `\`${name}\``).join(', ') || 'nothing'} |`;
  });
  return ['| folder | holds | may import |', '|---|---|---|', ...rows].join('\n');
}
