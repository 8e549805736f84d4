import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { KubernetesMinor } from '../../src/engine/kubernetes/kubernetes-minor';

/** The Go modules in which Kubernetes says of its APIs when it stops serving them, and where the types are in them. */
const MODULES: Readonly<Record<string, string>> = {
  'k8s.io/api': '.',
  'k8s.io/apiextensions-apiserver': 'pkg/apis',
  'k8s.io/kube-aggregator': 'pkg/apis',
};

/** The version of an API, as Kubernetes writes it. */
const VERSION = /^v(\d+)(?:(alpha|beta)(\d+))?$/;

/** An API version of a kind that some minor of Kubernetes does not serve any more. */
export interface RemovedApiFact {
  /** Such as `policy/v1beta1`. */
  readonly apiVersion: string;
  readonly kind: string;
  /** The first minor that does not serve it. */
  readonly removedIn: string;
  /** Group, version and kind that take its place; absent where none is known. */
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
export function removedApisIn(module: GoModule): RemovedApiFact[] {
  return apiPackagesIn(module).flatMap(({ apiVersion, sources }) => factsIn(sources, apiVersion));
}

/** A kind under an API version. */
export interface ApiKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** The first minor that serves it; absent where Kubernetes does not say. */
  readonly introducedIn?: string;
}

/** The kinds that a release of a module has. */
export function kindsIn(module: GoModule): ApiKind[] {
  return apiPackagesIn(module).flatMap(({ apiVersion, sources }) => {
    const introductions = minorsIn(sources, 'APILifecycleIntroduced');
    return [...sources.matchAll(/^type (\w+) struct \{\s*(?:\/\/.*\s+)*\w+\.TypeMeta\b/gm)]
      .map(([, kind]) => ({ apiVersion, kind, introducedIn: introductions.get(kind) }));
  });
}

interface ApiPackage {
  readonly apiVersion: string;
  /** All of its source files. */
  readonly sources: string;
}

function apiPackagesIn({ path, folder }: GoModule): ApiPackage[] {
  const root = join(folder, MODULES[path]);
  return packagesBelow(root).flatMap((folderOfPackage) => {
    const sources = readdirSync(folderOfPackage).filter((name) => name.endsWith('.go')).map((name) => readFileSync(join(folderOfPackage, name), 'utf8')).join('\n');
    const version = VERSION.exec(relative(root, folderOfPackage).split('/').at(-1)!)?.[0];
    const group = /GroupName\s*=\s*"([^"]*)"/.exec(sources)?.[1];
    return version === undefined || group === undefined ? [] : [{ apiVersion: group === '' ? version : `${group}/${version}`, sources }];
  });
}

function factsIn(sources: string, apiVersion: string): RemovedApiFact[] {
  const replacements = new Map([...sources.matchAll(
    /func \(in \*(\w+)\) APILifecycleReplacement\(\)[^{]*\{\s*return schema\.GroupVersionKind\{Group: "([^"]*)", Version: "([^"]*)", Kind: "([^"]*)"\}/g,
  )].map(([, kind, group, version, other]) => [kind, `${group ? `${group}/` : ''}${version} ${isListOf(kind, other) ? kind : other}`]));
  return [...minorsIn(sources, 'APILifecycleRemoved')]
    .filter(([kind]) => !kind.endsWith('List') && !kind.endsWith('Options'))
    .map(([kind, removedIn]) => ({ apiVersion, kind, removedIn, replacement: replacements.get(kind) }));
}

/** What a method returns of each kind. */
function minorsIn(sources: string, method: 'APILifecycleIntroduced' | 'APILifecycleRemoved'): Map<string, string> {
  return new Map([...sources.matchAll(new RegExp(`func \\(in \\*(\\w+)\\) ${method}\\(\\)[^{]*\\{\\s*return (\\d+), (\\d+)`, 'g'))]
    .map(([, kind, major, minor]) => [kind, `${major}.${minor}`]));
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

/**
 * The facts with what takes the place of an API where no method says it: many kinds lack that method, such as `RuntimeClass` of
 * `node.k8s.io/v1beta1`. It is the same kind under the most mature later version of its group that the minor of the removal serves.
 *
 * @param kinds those of the newest release
 */
export function withReplacements(facts: readonly RemovedApiFact[], kinds: readonly ApiKind[]): RemovedApiFact[] {
  return facts.map((fact) => ({ ...fact, replacement: fact.replacement ?? mostMatureAfter(fact, kinds) }));
}

function mostMatureAfter({ apiVersion, kind, removedIn }: RemovedApiFact, kinds: readonly ApiKind[]): string | undefined {
  const { group, maturity } = partsOf(apiVersion);
  const [found] = kinds.filter((other) => other.kind === kind && isServedIn(removedIn, other))
    .map((other) => ({ ...partsOf(other.apiVersion), apiVersion: other.apiVersion }))
    .filter((other) => other.group === group && other.maturity > maturity)
    .sort((one, other) => other.maturity - one.maturity);
  return found && `${found.apiVersion} ${kind}`;
}

function isServedIn(minor: string, { introducedIn }: ApiKind): boolean {
  return introducedIn === undefined || !KubernetesMinor.parse(introducedIn).isNewerThan(KubernetesMinor.parse(minor));
}

/** Group and maturity of an API version: stable ones come after beta, and those after alpha. */
function partsOf(apiVersion: string): { readonly group: string; readonly maturity: number } {
  const [version, group = ''] = apiVersion.split('/').reverse();
  const [, major, stage, minor = '0'] = VERSION.exec(version)!;
  return { group, maturity: (stage === undefined ? 2 : stage === 'beta' ? 1 : 0) * 1e6 + Number(major) * 1e3 + Number(minor) };
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
    return withReplacements(unionOfFacts([newest, ...older].map(removedApisIn)), kindsIn(newest));
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
    '/** API version, kind, the first minor that does not serve it, and what takes its place where that is known. */',
    'export const REMOVED_APIS: readonly (readonly [apiVersion: string, kind: string, removedIn: string, replacement?: string])[] = [',
    ...facts.map(({ apiVersion, kind, removedIn, replacement }) =>
      `  [${[apiVersion, kind, removedIn, ...replacement === undefined ? [] : [replacement]].map(quoted).join(', ')}],`),
    '];',
    '',
  ].join('\n');
}
