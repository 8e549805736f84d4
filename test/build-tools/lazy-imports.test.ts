import { importsLazily } from '../../build-tools/lazy-imports';

const lazily = (text: string) => importsLazily(text, (path: string) => `folder/${path.slice(2)}`);

/** Runs a module that was turned lazy, with what it may import. */
function evaluate(text: string, modules: Record<string, unknown>) {
  const exported: Record<string, unknown> = {};
  const loaded: string[] = [];
  const load = (id: string) => {
    loaded.push(id);
    return modules[id];
  };
  const once = (get: () => unknown) => {
    let module: unknown;
    return () => (module ??= get());
  };
  new Function('exports', 'load', 'lazily', lazily(text).code)(exported, load, once);
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

  test('loads nothing before it is used, and what it uses once', () => {
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
    expect(lazily(
      'const a_1 = require("./a"); const cdk = __importStar(require("aws-cdk-lib")); exports.go = () => require("./b").go(a_1.x, cdk.y);',
    ).imported)
      .toEqual(['folder/a', 'folder/b']);
  });

  test('fails where something else has the name of an import', () => {
    expect(() => lazily('const eks = __importStar(require("eks")); exports.go = (eks) => eks.go();')).toThrow(
      "'eks' is the name of an import",
    );
  });
});
