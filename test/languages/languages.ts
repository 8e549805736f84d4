/**
 * How a user of each language installs the package, and runs an app with it.
 *
 * The packages are those in `dist/`, which `build-tools/package.sh` has built; what comes from registries is kept in `.cache`.
 */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { run, Run } from './run';
import { missingTools } from '../../build-tools/missing-tools';
import { peerDependencies, devDependencies } from '../../package.json';

export const PROJECT = resolve(__dirname, '../..');
const DIST = join(PROJECT, 'dist');
const CACHE = join(PROJECT, '.cache');

const lowest = (range: string) => range.replace('^', '');

/** The versions that every registry has: the lowest that the package allows. */
export const FLOOR = { cdk: lowest(peerDependencies['aws-cdk-lib']), constructs: lowest(peerDependencies.constructs) };

/** What the CDK's packages ask for by range: its lowest version, which Go and Maven take. */
const PROXY_AGENT = '2.1.0';

/** The runtimes unpack the CDK once, and are silent about the age of Node.js. */
const JSII = {
  JSII_RUNTIME_PACKAGE_CACHE_ROOT: join(CACHE, 'jsii'),
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: 'true',
};

export interface Language {
  readonly name: string;
  /** Programs that it cannot be tested without, and are not installed here. */
  readonly missing: readonly string[];
  /** The quickstart in this language: a folder of `examples/`. */
  readonly example: string;
  /** What the language's tools need around them, for installing and for running. */
  readonly environment: Record<string, string>;
  /** Runs the project's own tests. @default - it has none */
  readonly test?: string;
  /** Prepares a copy of an example for this machine, and installs what it asks for, with the package from `dist/`. */
  install(folder: string): Promise<unknown>;
  /** Where an app of `apps/` belongs in a copy of the example, and the `app` of `cdk.json` that runs it. */
  place(app: string): { readonly file: string; readonly command: string };
}

const typescript: Language = {
  name: 'TypeScript',
  missing: missingTools('js'),
  example: 'quickstart',
  environment: { npm_config_update_notifier: 'false' },
  async install(folder) {
    await run('npm init --yes', { cwd: folder });
    await run(`npm install --no-audit --no-fund '${DIST}'/js/*.tgz aws-cdk-lib@${FLOOR.cdk} constructs@${FLOOR.constructs}`
      + ` @aws-cdk/asset-node-proxy-agent-v6@${PROXY_AGENT} tsx@'${devDependencies.tsx}'`, { cwd: folder });
  },
  place: (app) => ({ file: `${app}.ts`, command: `npx tsx ${app}.ts` }),
};

const venv = join(CACHE, 'python');

const python: Language = {
  name: 'Python',
  missing: missingTools('python'),
  example: 'quickstart-python',
  environment: { VIRTUAL_ENV: venv, PATH: `${venv}/bin:${process.env.PATH}`, PIP_FIND_LINKS: join(DIST, 'python') },
  async install(folder) {
    await run(`test -e '${venv}' || python3 -m venv '${venv}'`, { cwd: folder });
    await writeFile(
      join(folder, 'constraints.txt'),
      `aws-cdk-lib==${FLOOR.cdk}\nconstructs==${FLOOR.constructs}\naws-cdk.asset-node-proxy-agent-v6==${PROXY_AGENT}\n`,
    );
    const env = { ...python.environment, PIP_CONSTRAINT: 'constraints.txt' };
    await run('pip uninstall --quiet --yes cdk-eks-upgrades', { cwd: folder, env });
    await run('pip install --quiet --no-compile -r requirements.txt -r requirements-dev.txt', { cwd: folder, env });
  },
  place: (app) => ({ file: `${app}.py`, command: `python3 ${app}.py` }),
  test: 'python -m pytest -q',
};

const repository = join(CACHE, 'm2');

const java: Language = {
  name: 'Java',
  missing: missingTools('java'),
  example: 'quickstart-java',
  environment: {},
  async install(folder) {
    const settings = [`-Dmaven.repo.local=${repository}`, `-Dcdk.version=${FLOOR.cdk}`, `-Dconstructs.version=${FLOOR.constructs}`, '-B'];
    await write(folder, '.mvn/maven.config', settings.join('\n'));
    const jar = (await run(
      `find '${DIST}/java' -name 'cdk-eks-upgrades-*.jar' ! -name '*-sources.jar' ! -name '*-javadoc.jar'`, { cwd: folder },
    )).trim();
    await rm(join(repository, 'io/github/cdk-eks-upgrades'), { recursive: true, force: true });
    await run(
      `mvn -q org.apache.maven.plugins:maven-install-plugin:3.1.3:install-file -Dfile='${jar}' -DpomFile='${jar.replace(/jar$/, 'pom')}'`,
      { cwd: folder },
    );
    await run('mvn -q test', { cwd: folder, env: JSII }); // fetches what the compiler, the tests and the app need
    await run('mvn -q dependency:resolve-plugins', { cwd: folder });
    await write(folder, '.mvn/maven.config', [...settings, '--offline'].join('\n'));
  },
  place: (app) => {
    const name = app.replace(/^./, (letter) => letter.toUpperCase());
    // what the project's own pom.xml names is stronger than -Dexec.mainClass
    const pom = `sed 's/com.myorg.QuickstartApp/com.myorg.${name}/' pom.xml > ${app}.xml`;
    return { file: `src/main/java/com/myorg/${name}.java`, command: `${pom} && mvn -e -q -f ${app}.xml compile exec:java` };
  },
  test: 'mvn -q test',
};

const MODULE = 'github.com/cdk-eks-upgrades/cdk-eks-upgrades-go/cdkeksupgrades';

const go: Language = {
  name: 'Go',
  missing: missingTools('go'),
  example: 'quickstart-go',
  environment: { GOMODCACHE: join(CACHE, 'go/mod'), GOCACHE: join(CACHE, 'go/build'), GOFLAGS: '-mod=mod -modcacherw' },
  async install(folder) {
    const options: Run = { cwd: folder, env: go.environment };
    await run(`go mod edit -replace '${MODULE}=${DIST}/go/cdkeksupgrades'`, options);
    await run('go mod tidy && go mod download', options);
  },
  place: (app) => ({ file: `${app}/${app}.go`, command: `go run ./${app}` }),
  test: 'go test',
};

export const LANGUAGES = [typescript, python, java, go];

/** What an app needs to run: the language's tools, and the runtime that speaks to Node.js. */
export function runtimeOf(language: Language): Record<string, string> {
  return { ...JSII, ...language.environment };
}

/** Writes a file and the folders above it. */
export async function write(folder: string, file: string, content: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), content);
}

/** Where the copy of a language's quickstart is. */
export function projectFolder(language: Language): string {
  return join(CACHE, 'languages', language.example);
}

/** Copies a language's quickstart to its folder and installs everything there. */
export async function projectOf(language: Language): Promise<string> {
  const folder = projectFolder(language);
  await rm(folder, { recursive: true, force: true });
  await cp(join(PROJECT, 'examples', language.example), folder, {
    recursive: true, filter: (path) => !/cdk\.out|cdk\.context\.json|node_modules|target|\.venv/.test(path),
  });
  await language.install(folder);
  return folder;
}

/** The feature flags of an example. */
export async function contextOf(example: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(PROJECT, 'examples', example, 'cdk.json'), 'utf8')).context;
}
