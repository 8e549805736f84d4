// Turns the imports of a module that TypeScript has compiled to CommonJS into ones that are resolved when they are first used.
//
//   const text_1 = require("../text");     →  const text_1 = lazily("diagnostics/text");
//   (0, text_1.quoted)(name)               →  (0, (text_1()).quoted)(name)
const ts = require('typescript');

/**
 * @param idOf the ID of what a module imports by a relative path
 * @returns the module as the body of a function of `exports` and `lazily`, which gives a function that loads what has an ID or is a package;
 *   the IDs of what it imports; and the packages
 */
exports.importsLazily = (text, idOf) => {
  const source = ts.createSourceFile('module.js', text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const imports = new Map();
  const edits = [];
  const imported = [];
  const packages = [];

  const loaderOf = (path) => {
    const isOurs = path.startsWith('.');
    const id = isOurs ? idOf(path) : path;
    (isOurs ? imported : packages).push(id);
    return `lazily(${JSON.stringify(id)})`;
  };

  for (const statement of source.statements) {
    const declaration = ts.isVariableStatement(statement) ? statement.declarationList.declarations[0] : undefined;
    const path = declaration?.initializer && pathOf(declaration.initializer);
    if (path) {
      imports.set(declaration.name.text, declaration.name);
      edits.push([statement, `const ${declaration.name.text} = ${loaderOf(path)};`]);
    } else if (declaration && HELPERS.has(declaration.name.text)) {
      edits.push([statement, '']); // what imports all names of a module
    } else {
      rewriteUses(statement);
    }
  }

  function rewriteUses(node) {
    if (ts.isIdentifier(node) && imports.has(node.text) && !isName(node)) {
      if (isDeclaration(node)) {
        throw new Error(`'${node.text}' is the name of an import and of something else: rename one of them`);
      }
      edits.push([node, ts.isShorthandPropertyAssignment(node.parent) ? `${node.text}: ${node.text}()` : `(${node.text}())`]);
    } else if (ts.isCallExpression(node) && node.expression.getText() === 'require') {
      edits.push([node, `${loaderOf(node.arguments[0].text)}()`]); // the source loads it in its time
    }
    node.forEachChild(rewriteUses);
  }

  let code = text;
  for (const [node, replacement] of edits.sort(([a], [b]) => b.getStart() - a.getStart())) {
    code = code.slice(0, node.getStart()) + replacement + code.slice(node.getEnd());
  }
  return { code, imported, packages };
};

const HELPERS = new Set(['__createBinding', '__setModuleDefault', '__importStar']);

/** The path in `require("…")`, alone or as what `__importStar` takes its names from. */
function pathOf(node) {
  if (!ts.isCallExpression(node)) {
    return undefined;
  }
  const [argument] = node.arguments;
  return node.expression.getText() === 'require' ? argument.text : node.expression.getText() === '__importStar' ? pathOf(argument) : undefined;
}

/** Whether it names a property, which has nothing to do with an import of the same name. */
function isName({ parent, ...node }) {
  return (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent)
    || ts.isPropertyDeclaration(parent) || ts.isGetAccessor(parent) || ts.isSetAccessor(parent)) && parent.name.pos === node.pos;
}

function isDeclaration({ parent, ...node }) {
  return (ts.isParameter(parent) || ts.isVariableDeclaration(parent) || ts.isFunctionDeclaration(parent) || ts.isBindingElement(parent)
    || ts.isClassDeclaration(parent)) && parent.name?.pos === node.pos;
}
