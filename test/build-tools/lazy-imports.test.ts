import { importsLazily } from '../../build-tools/lazy-imports';

const turned = (text: string) => importsLazily(text, (path: string) => `folder/${path.slice(2)}`);

/** Runs a module that was turned lazy, with what it may import. */
function evaluate(text: string, modules: Record<string, unknown>) {
  const exported: Record<string, unknown> = {};
  const loaded: string[] = [];
  const lazily = (id: string) => () => {
    if (!loaded.includes(id)) loaded.push(id);
    return modules[id];
  };
  new Function('exports', 'lazily', turned(text).code)(exported, lazily);
  return { exported, loaded };
}

describe('a module that TypeScript has compiled', () => {
  const MODULE = `
    const text_1 = require("./text");
    const base_1 = require("./base");
    exports.Thing = class {
      make(name) { return new base_1.Base((0, text_1.quoted)(name), { text_1: 1 }.text_1); }
    };`;
  const modules = {
    'folder/text': { quoted: (name: string) => `'${name}'` },
    'folder/base': { Base: class { constructor(readonly name: string, readonly one: number) {} } },
  };

  test('loads nothing before it is used', () => {
    const { exported, loaded } = evaluate(MODULE, modules);
    expect(loaded).toEqual([]);

    const thing = new (exported.Thing as new () => { make(name: string): unknown })();
    expect([thing.make('a'), thing.make('b')]).toEqual([{ name: "'a'", one: 1 }, { name: "'b'", one: 1 }]);
    expect(loaded).toEqual(['folder/base', 'folder/text']);
  });

  test('loads what a class extends with the class', () => {
    const { loaded } = evaluate('const base_1 = require("./base"); exports.Thing = class extends base_1.Base {};', modules);
    expect(loaded).toEqual(['folder/base']);
  });

  test('tells what it imports, also where the source does so late', () => {
    expect(turned(
      'const a_1 = require("./a"); const cdk = __importStar(require("aws-cdk-lib")); exports.go = () => require("./b").go(a_1.x, cdk.y);',
    )).toMatchObject({ imported: ['folder/a', 'folder/b'], packages: ['aws-cdk-lib'] });
  });

  test('fails where something else has the name of an import', () => {
    expect(() => turned('const eks = __importStar(require("eks")); exports.go = (eks) => eks.go();')).toThrow(
      "'eks' is the name of an import",
    );
  });
});
