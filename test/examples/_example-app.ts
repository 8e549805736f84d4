/**
 * Synthesises the examples in this process: the files as they are, or edited as their READMEs say.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import * as library from '../../src';
import { publishAmis } from '../aws/published-amis';

const requireHere = createRequire(__filename);

const EXAMPLES = resolve(__dirname, '../../examples');

/** As the CDK CLI sets it, without the validation of templates, which takes a second each run. */
const ENVIRONMENT = { CDK_DEFAULT_ACCOUNT: '111122223333', CDK_DEFAULT_REGION: 'us-west-2', CDK_VALIDATION: 'false' };

/** A change of an example's source. */
export interface Edit {
  readonly replace: string;
  readonly by: string;
}

export interface ExampleOptions {
  /** @default app.ts */
  readonly file?: string;
  readonly edits?: readonly Edit[];
  /** In addition to the context in the example's `cdk.json`, and stronger. */
  readonly context?: Record<string, unknown>;
  /** What files of the example export, by name such as `./fleet`, in place of what they do. */
  readonly modules?: Record<string, object>;
}

export interface CfnResource {
  readonly Type: string;
  readonly Properties?: Record<string, any>;
  readonly DependsOn?: string | string[];
}

export interface CfnTemplate {
  readonly Resources: Record<string, CfnResource>;
}

/** Logical IDs of a template's resources of one type whose IDs start with a prefix. */
export function idsOf({ Resources }: CfnTemplate, type: string, prefix = ''): string[] {
  return Object.keys(Resources).filter((id) => Resources[id].Type === type && id.startsWith(prefix));
}

/** A stack of a synthesised example. */
export interface ExampleStack {
  readonly template: CfnTemplate;
  /** Names of the stacks that are deployed before this one. */
  readonly after: string[];
}

export interface ExampleApp {
  readonly app: cdk.App;
  readonly stacks: Record<string, ExampleStack>;
  /** What was reported as info, warning or error, with the path of the construct. */
  readonly messages: { readonly level: string; readonly path: string; readonly text: string }[];
}

/**
 * Runs an example and synthesises it, with all lookups answered.
 *
 * @throws if an edit does not apply, or a lookup would be needed that nobody answered
 */
export function runExample(name: string, options: ExampleOptions = {}): ExampleApp {
  const outdir = mkdtempSync(join(tmpdir(), 'example-'));
  const before = { ...process.env };
  try {
    Object.assign(process.env, ENVIRONMENT);
    const app = appOf(name, options, { outdir, autoSynth: false, context: contextOf(name, options) });
    return readAssembly(app);
  } finally {
    process.env = before;
    rmSync(outdir, { recursive: true });
  }
}

function sourceOf(name: string, { file = 'app.ts', edits = [] }: ExampleOptions): string {
  return edits.reduce((source, { replace, by }) => {
    if (!source.includes(replace)) {
      throw new Error(`examples/${name}/${file} no longer holds '${replace}'`);
    }
    return source.replaceAll(replace, by);
  }, readFileSync(join(EXAMPLES, name, file), 'utf8'));
}

function contextOf(name: string, { context }: ExampleOptions): Record<string, unknown> {
  const configured = JSON.parse(readFileSync(join(EXAMPLES, name, 'cdk.json'), 'utf8')).context;
  return { ...lookedUp(), ...configured, ...context };
}

/** What `cdk.context.json` holds when every lookup has been made, with releases of a day. */
export function lookedUp(date = '2026-07-14'): Record<string, unknown> {
  const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = ENVIRONMENT;
  const context: Record<string, unknown> = {
    [`availability-zones:account=${account}:region=${region}`]: ['a', 'b', 'c'].map((zone) => `${region}${zone}`),
  };
  const put = (parameter: string, value: string) => {
    context[`ssm:account=${account}:parameterName=${parameter}:region=${region}`] = value;
  };
  publishAmis({ put }, { minors: ['1.34', '1.35', '1.36', '1.37'], date });
  ['1.36', '1.37'].forEach(
    (minor) => put(`/golden/eks/${minor}/al2023/x86_64/image_id`, `ami-${minor.replace('.', '')}000000${date.replaceAll('-', '')}`),
  );
  return context;
}

/** What the look-up of the VPC of `existing-imported` is answered. */
export const VPC_LOOK_UP: Record<string, unknown> = {
  [`vpc-provider:account=${ENVIRONMENT.CDK_DEFAULT_ACCOUNT}:filter.vpc-id=vpc-0a1b2c3d4e5f60718:region=${ENVIRONMENT.CDK_DEFAULT_REGION}:returnAsymmetricSubnets=true`]: {
    vpcId: 'vpc-0a1b2c3d4e5f60718',
    vpcCidrBlock: '10.0.0.0/16',
    availabilityZones: [],
    subnetGroups: [{
      name: 'Private',
      type: 'Private',
      subnets: ['a', 'b'].map((zone) => ({
        subnetId: `subnet-000000${zone}0`, cidr: '10.0.0.0/19', availabilityZone: `${ENVIRONMENT.CDK_DEFAULT_REGION}${zone}`, routeTableId: `rtb-000000${zone}0`,
      })),
    }],
  },
};

/** Runs a program that makes one app, and gets hold of that app. */
function appOf(name: string, options: ExampleOptions, props: cdk.AppProps): cdk.App {
  const apps: cdk.App[] = [];
  class CapturedApp extends cdk.App {
    constructor() {
      super(props);
      apps.push(this);
    }
  }
  const modules: Record<string, unknown> = {
    'cdk-eks-upgrades': library,
    'aws-cdk-lib': Object.create(cdk, { App: { value: CapturedApp } }),
    ...options.modules,
  };
  const run = (source: string) => {
    const { outputText } = transpileModule(source, { compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 } });
    const exported = {};
    new Function('require', 'exports', outputText)(load, exported);
    return exported;
  };
  const load = (id: string): unknown =>
    modules[id] ??= id.startsWith('./') ? run(sourceOf(name, { file: `${id.slice(2)}.ts` })) : requireHere(id);
  run(sourceOf(name, options));
  if (apps.length !== 1) {
    throw new Error(`an example makes one app, this one made ${apps.length}`);
  }
  return apps[0];
}

function readAssembly(app: cdk.App): ExampleApp {
  const assembly = app.synth();
  const { missing } = assembly.manifest;
  if (missing?.length) {
    throw new Error(`lookups without an answer: ${missing.map(({ key }) => key).join(', ')}`);
  }
  return {
    app,
    stacks: Object.fromEntries(assembly.stacksRecursively.map(({ stackName, template, dependencies }) => [
      stackName,
      { template, after: dependencies.map(({ id }) => id).filter((id) => !id.endsWith('.assets')) },
    ])),
    messages: assembly.stacksRecursively.flatMap(({ messages }) =>
      messages.map(({ level, id, entry }) => ({ level, path: id, text: String(entry.data) }))),
  };
}
