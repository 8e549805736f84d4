import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withPlainKeys } from '../../build-tools/plain-keys';

describe('schemas of the AWS SDK', () => {
  test('have plain keys where the name of one is a constant', () => {
    expect(withPlainKeys('const _xN = "xmlName";\nexport var A$ = [3, { [_xN]: _A, [_other]: 1 }];'))
      .toBe('const _xN = "xmlName";\nexport var A$ = [3, { ["xmlName"]: _A, [_other]: 1 }];');
  });

  test('mean the same', () => {
    const source = readFileSync(require.resolve('@aws-sdk/client-eks').replace(/dist-cjs.*/, 'dist-es/schemas/schemas_0.js'), 'utf8');
    const plain = withPlainKeys(source);
    expect(plain).not.toBe(source);
    expect(namesAndShapes(source).length).toBeGreaterThan(20_000);
    expect(namesAndShapes(plain)).toBe(namesAndShapes(source));
  });

  test('are in the function only as far as it asks for them', () => {
    const folder = join(__dirname, '../../assets/handler/cluster-upgrades.lambda');
    const bundle = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
    const asked = ['DescribeSubnets', 'DescribeCluster', 'DescribeStacks', 'GetParameter', 'StartExecution'];
    const neverAsked = ['RunInstances', 'CreateCluster', 'CreateStack', 'PutParameter', 'CreateStateMachine', 'PutMetricAlarm'];
    expect(asked.filter((call) => !bundle.includes(call))).toEqual([]);
    expect(neverAsked.filter((call) => bundle.includes(call))).toEqual([]);
  });
});

/** All that a module of schemas exports, functions as what they return when it is a schema. */
function namesAndShapes(source: string): string {
  const body = source.replace(/^import .*$/gm, '').replace(/^export (const|var) (\w+\$?) =/gm, '$1 $2 = exported.$2 =');
  class TypeRegistry {
    static for() { return new TypeRegistry(); }
    registerError() { return undefined; }
  }
  const exported: Record<string, unknown> = {};
  const errors = new Proxy({}, {
    has: (_, name) => typeof name === 'string' && /(Exception|Error)(\$1)?$|^__/.test(name), get: () => class {},
  });
  new Function('exported', 'TypeRegistry', 'errors', `with (errors) { ${body} }`)(exported, TypeRegistry, errors);
  return JSON.stringify(exported, (_, value) => (typeof value === 'function' ? 'function' : value));
}
