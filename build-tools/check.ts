// Checks the types of everything and lints it, with one program of TypeScript for both: to read and to check the CDK's types
// takes longer than all rules.
//
// It changes no file; `npx projen eslint` mends what can be mended.
import { loadESLint } from 'eslint';
import * as ts from 'typescript';

const CONFIGURATION = 'tsconfig.all.json';
/** Its packages are not installed here: `test/blueprints` installs them, and compiles it. */
const COMPILED_BY_ITS_TEST = /\/examples\/blueprints\//;

function programOf(configuration: string): ts.Program {
  const parsed = ts.getParsedCommandLineOfConfigFile(configuration, undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
    },
  })!;
  const host = ts.createCompilerHost(parsed.options, true);
  host.jsDocParsingMode = ts.JSDocParsingMode.ParseNone;
  return ts.createProgram({ rootNames: parsed.fileNames, options: parsed.options, configFileParsingDiagnostics: parsed.errors, host });
}

function typeErrorsOf(program: ts.Program): readonly ts.Diagnostic[] {
  return ts.getPreEmitDiagnostics(program).filter(({ file }) => !COMPILED_BY_ITS_TEST.test(file?.fileName ?? ''));
}

async function main(): Promise<number> {
  const program = programOf(CONFIGURATION);
  const typeErrors = typeErrorsOf(program);
  if (typeErrors.length > 0) {
    process.stderr.write(ts.formatDiagnosticsWithColorAndContext(typeErrors, {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: ts.sys.getCurrentDirectory,
      getNewLine: () => ts.sys.newLine,
    }));
    return 1;
  }
  const ESLint = await loadESLint({ useFlatConfig: false });
  const eslint = new ESLint({ overrideConfig: { parserOptions: { programs: [program] } } });
  const files = program.getRootFileNames().filter((file) => !file.endsWith('.d.ts')); // as the configuration has it
  const results = await eslint.lintFiles([...files]);
  const formatter = await eslint.loadFormatter('stylish');
  process.stdout.write(await formatter.format(results));
  const findings = results.reduce((sum, { errorCount, warningCount }) => sum + errorCount + warningCount, 0);
  process.stdout.write(`${files.length} files checked and linted, ${findings} findings\n`);
  return findings > 0 ? 1 : 0;
}

void main().then((code) => {
  process.exitCode = code;
});
