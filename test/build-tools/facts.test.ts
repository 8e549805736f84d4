import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadModule, GoModule, kindsIn, removedApisIn, renderRemovedApis, unionOfFacts, withReplacements } from '../../build-tools/facts/removed-apis';
import { REMOVED_APIS, REMOVED_APIS_READ_FROM } from '../../src/engine/kubernetes/removed-apis-data';

/** The module that most of the table was read from; undefined where Go or its proxy cannot be reached, as on a machine without network. */
function moduleOfTable(): GoModule | undefined {
  const [path, version] = REMOVED_APIS_READ_FROM[0].split(' ');
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' });
    return downloadModule(path, version);
  } catch {
    return undefined;
  }
}

const kubernetes = moduleOfTable();

(kubernetes ? test : test.skip)('the table is what the methods of the module say of every API that is in it', () => {
  const table = new Map(REMOVED_APIS.map(([apiVersion, kind, ...rest]) => [`${apiVersion} ${kind}`, rest]));
  const facts = withReplacements(removedApisIn(kubernetes!), kindsIn(kubernetes!));

  expect(facts.length).toBeGreaterThan(80);
  expect(facts.map(({ apiVersion, kind }) => [apiVersion, kind, table.get(`${apiVersion} ${kind}`)]))
    .toEqual(facts.map(({ apiVersion, kind, removedIn, replacement }) => [
      apiVersion, kind, replacement === undefined ? [removedIn] : [removedIn, replacement],
    ]));
});

describe('a module', () => {
  let folder: string;
  beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'module-')); });
  afterEach(async () => rm(folder, { recursive: true }));

  const write = async (path: string, text: string) => {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  };

  test('is read by group, version and kind; lists and options are no kinds that people write', async () => {
    await write('policy/v1beta9/register.go', 'const GroupName = "policy"');
    await write('policy/v1beta9/zz_generated.prerelease-lifecycle.go', `
      func (in *Budget) APILifecycleReplacement() schema.GroupVersionKind {
        return schema.GroupVersionKind{Group: "policy", Version: "v1", Kind: "Budget"}
      }
      func (in *Budget) APILifecycleRemoved() (major, minor int) {
        return 1, 41
      }
      func (in *BudgetList) APILifecycleRemoved() (major, minor int) {
        return 1, 41
      }
      func (in *Class) APILifecycleReplacement() schema.GroupVersionKind {
        return schema.GroupVersionKind{Group: "policy", Version: "v1", Kind: "ClassList"}
      }
      func (in *Class) APILifecycleRemoved() (major, minor int) {
        return 1, 41
      }`);
    await write('core/v1/register.go', 'const GroupName = ""');
    await write('core/v1/types.go', 'func (in *Old) APILifecycleRemoved() (major, minor int) {\n\treturn 1, 50\n}');
    await write(
      'core/testing/types.go', 'const GroupName = ""\nfunc (in *Helper) APILifecycleRemoved() (major, minor int) {\n\treturn 1, 50\n}',
    );

    expect(removedApisIn({ path: 'k8s.io/api', version: 'v0.41.0', folder })).toEqual([
      { apiVersion: 'v1', kind: 'Old', removedIn: '1.50', replacement: undefined },
      { apiVersion: 'policy/v1beta9', kind: 'Budget', removedIn: '1.41', replacement: 'policy/v1 Budget' },
      { apiVersion: 'policy/v1beta9', kind: 'Class', removedIn: '1.41', replacement: 'policy/v1 Class' }, // its tag names the list by mistake
    ]);
  });

  test('has the kinds that are objects of their own, with the minor that serves them first', async () => {
    await write('node/v1/register.go', 'const GroupName = "node.k8s.io"');
    await write('node/v1/types.go', `
type RuntimeClass struct {
	metav1.TypeMeta
	Handler string
}
type Overhead struct {
	PodFixed string
}
type Told struct {
	// before
	// the kind
	v1.TypeMeta
}
func (in *RuntimeClass) APILifecycleIntroduced() (major, minor int) {
	return 1, 20
}`);

    expect(kindsIn({ path: 'k8s.io/api', version: 'v0.41.0', folder })).toEqual([
      { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', introducedIn: '1.20' },
      { apiVersion: 'node.k8s.io/v1', kind: 'Told', introducedIn: undefined },
    ]);
  });
});

test.each<[string, string, string[], string | undefined]>([
  ['the stable version', 'a/v1beta1', ['a/v1alpha1 A', 'a/v1 A', 'a/v1beta2 A'], 'a/v1 A'],
  ['the later of the stable versions', 'a/v1', ['a/v1 A', 'a/v2 A'], 'a/v2 A'],
  ['a later beta, where there is no stable version', 'a/v1alpha3', ['a/v1alpha3 A', 'a/v1beta2 A', 'a/v1beta10 A'], 'a/v1beta10 A'],
  ['a version of the minor of the removal', 'a/v1alpha1', ['a/v1beta1 A', 'a/v1beta2 A 1.40', 'a/v1 A 1.41'], 'a/v1beta2 A'],
  ['the version of a group without a name', 'v1beta1', ['v1 A', 'b/v2 A'], 'v1 A'],
  ['nothing earlier', 'a/v1beta1', ['a/v1alpha2 A', 'a/v1beta1 A'], undefined],
  ['nothing of another group', 'a/v1beta1', ['b/v1 A', 'v1 A'], undefined],
  ['no other kind', 'a/v1beta1', ['a/v1 AList', 'a/v1 B'], undefined],
])('where no method names what takes the place, it is %s', (_, apiVersion, apis, replacement) => {
  const kinds = apis.map((api) => api.split(' ')).map(([version, kind, introducedIn]) => ({ apiVersion: version, kind, introducedIn }));
  expect(withReplacements([{ apiVersion, kind: 'A', removedIn: '1.40' }], kinds)).toEqual([{ apiVersion, kind: 'A', removedIn: '1.40', replacement }]);
});

test('what a method names goes before what is found', () => {
  const fact = { apiVersion: 'extensions/v1beta1', kind: 'Ingress', removedIn: '1.22', replacement: 'networking.k8s.io/v1 Ingress' };
  expect(withReplacements([fact], [{ apiVersion: 'extensions/v1', kind: 'Ingress' }])).toEqual([fact]);
});

test('the newest release that knows an API is right; what it does not know any more stays in the table', () => {
  const at = (kind: string, removedIn: string) => ({ apiVersion: 'a/v1', kind, removedIn });
  expect(unionOfFacts([[at('A', '1.40')], [at('A', '1.38'), at('B', '1.36')]])).toEqual([at('A', '1.40'), at('B', '1.36')]);
});

test('the table is written with what it was read from', () => {
  expect(renderRemovedApis({
    readFrom: ['k8s.io/api v0.41.0'],
    facts: [
      { apiVersion: 'a/v1', kind: 'A', removedIn: '1.40', replacement: 'a/v2 A' }, { apiVersion: 'b/v1', kind: 'B', removedIn: '1.9' },
    ],
  }))
    .toMatch(/\['k8s\.io\/api v0\.41\.0'\];[^]*\n {2}\['a\/v1', 'A', '1\.40', 'a\/v2 A'\],\n {2}\['b\/v1', 'B', '1\.9'\],\n\];\n$/);
});
