import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/** The Go modules in which Kubernetes says of its APIs when it stops serving them, and where the types are in them. */
const MODULES: Readonly<Record<string, string>> = {
  'k8s.io/api': '.',
  'k8s.io/apiextensions-apiserver': 'pkg/apis',
  'k8s.io/kube-aggregator': 'pkg/apis',
};

/** An API version of a kind that some minor of Kubernetes does not serve any more. */
export interface RemovedApiFact {
  /** Such as `policy/v1beta1`. */
  readonly apiVersion: string;
  readonly kind: string;
  /** The first minor that does not serve it. */
  readonly removedIn: string;
  /** Group, version and kind that take its place; absent where Kubernetes names none. */
  readonly replacement?: string;
}

/** A module as the Go module proxy has it. */
export interface GoModule {
  readonly path: string;
  /** Such as `v0.37.2`, of Kubernetes 1.37. */
  readonly version: string;
  readonly folder: string;
}

/**
 * Downloads a module with the ordinary client of Go.
 *
 * @throws if Go is not installed, or the proxy cannot be reached
 */
export function downloadModule(path: string, version: string): GoModule {
  const cwd = mkdtempSync(join(tmpdir(), 'facts-'));
  const answer = execFileSync('go', ['mod', 'download', '-json', `${path}@${version}`], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const { Version, Dir } = JSON.parse(answer) as { Version: string; Dir: string };
  return { path, version: Version, folder: Dir };
}

/** What Kubernetes stops serving, by one release of its modules: by the `APILifecycleRemoved` methods, of which most are generated. */
export function removedApisIn({ path, folder }: GoModule): RemovedApiFact[] {
  const root = join(folder, MODULES[path]);
  return packagesBelow(root).flatMap((folderOfPackage) => {
    const sources = readdirSync(folderOfPackage).filter((name) => name.endsWith('.go')).map((name) => readFileSync(join(folderOfPackage, name), 'utf8')).join('\n');
    const version = /^v\d+(?:(?:alpha|beta)\d+)?$/.exec(relative(root, folderOfPackage).split('/').at(-1)!)?.[0];
    const group = /GroupName\s*=\s*"([^"]*)"/.exec(sources)?.[1];
    return version === undefined || group === undefined ? [] : factsIn(sources, group === '' ? version : `${group}/${version}`);
  });
}

function factsIn(sources: string, apiVersion: string): RemovedApiFact[] {
  const replacements = new Map([...sources.matchAll(
    /func \(in \*(\w+)\) APILifecycleReplacement\(\)[^{]*\{\s*return schema\.GroupVersionKind\{Group: "([^"]*)", Version: "([^"]*)", Kind: "([^"]*)"\}/g,
  )].map(([, kind, group, version, other]) => [kind, `${group ? `${group}/` : ''}${version} ${isListOf(kind, other) ? kind : other}`]));
  return [...sources.matchAll(/func \(in \*(\w+)\) APILifecycleRemoved\(\)[^{]*\{\s*return (\d+), (\d+)/g)]
    .filter(([, kind]) => !kind.endsWith('List') && !kind.endsWith('Options'))
    .map(([, kind, major, minor]) => ({ apiVersion, kind, removedIn: `${major}.${minor}`, replacement: replacements.get(kind) }));
}

/**
 * Whether a replacement is the list of a kind, as the tag of `IngressClass` has it by mistake.
 *
 * @see https://github.com/kubernetes/api/blob/v0.37.2/networking/v1beta1/types.go "replacement=networking.k8s.io,v1,IngressClassList"
 */
function isListOf(kind: string, replacement: string): boolean {
  return replacement === `${kind}List`;
}

function packagesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const below = entries.filter((entry) => entry.isDirectory()).flatMap(({ name }) => packagesBelow(join(folder, name)));
  return entries.some(({ name }) => name.endsWith('.go')) ? [folder, ...below] : below;
}

/** The facts of several releases: the newest that knows an API is right, since a planned removal can be put off. */
export function unionOfFacts(fromNewest: readonly (readonly RemovedApiFact[])[]): RemovedApiFact[] {
  const found = new Map<string, RemovedApiFact>();
  for (const facts of fromNewest) {
    const known = new Set(found.keys());
    facts.filter(({ apiVersion, kind }) => !known.has(`${apiVersion} ${kind}`)).forEach((fact) => found.set(`${fact.apiVersion} ${fact.kind}`, fact));
  }
  return [...found.values()].sort((one, other) => keyOf(one) < keyOf(other) ? -1 : 1);
}

function keyOf({ apiVersion, kind }: RemovedApiFact): string {
  return `${apiVersion} ${kind}`;
}

/** The first minor of which EKS may still run clusters, or people may still have manifests: what was removed before concerns nobody. */
const OLDEST_MINOR = 22;

/** Reads everything: the newest release, then one of each minor before, in which there may be types that are gone by now. */
export function readRemovedApis(log: (line: string) => void): { readonly readFrom: string[]; readonly facts: RemovedApiFact[] } {
  const readFrom: string[] = [];
  const facts = Object.keys(MODULES).flatMap((path) => {
    const newest = downloadModule(path, 'latest');
    log(`${path} ${newest.version}`);
    readFrom.push(`${path} ${newest.version}`);
    const minor = Number(newest.version.split('.')[1]);
    const older = Array.from({ length: minor - OLDEST_MINOR }, (_, step) => downloadModule(path, `v0.${minor - 1 - step}.0`));
    return unionOfFacts([newest, ...older].map(removedApisIn));
  });
  return { readFrom, facts: unionOfFacts([facts]) };
}

/** The table as the source of a module. */
export function renderRemovedApis(
  { readFrom, facts }: { readonly readFrom: readonly string[]; readonly facts: readonly RemovedApiFact[] },
): string {
  const quoted = (text: string) => `'${text}'`;
  return [
    '/*',
    ' * Written by `npx projen facts` out of the `APILifecycleRemoved` methods of the modules that are named below, and of a release of each minor before.',
    ' * Do not change it by hand.',
    ' */',
    '',
    '/** The newest releases of the Go modules that the table was read from. */',
    `export const REMOVED_APIS_READ_FROM: readonly string[] = [${readFrom.map(quoted).join(', ')}];`,
    '',
    '/** API version, kind, the first minor that does not serve it, and what takes its place where Kubernetes names it. */',
    'export const REMOVED_APIS: readonly (readonly [apiVersion: string, kind: string, removedIn: string, replacement?: string])[] = [',
    ...facts.map(({ apiVersion, kind, removedIn, replacement }) =>
      `  [${[apiVersion, kind, removedIn, ...replacement === undefined ? [] : [replacement]].map(quoted).join(', ')}],`),
    '];',
    '',
  ].join('\n');
}
