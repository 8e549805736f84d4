/**
 * The preview without the CLI: the app is synthesised in this process, its question answered, and the app synthesised again.
 */
import { App } from 'aws-cdk-lib';
import { CloudAssembly, SynthesisMessage } from 'aws-cdk-lib/cx-api';
import { answer, AnswerOptions } from '../../src/plugin/answer';
import { PREVIEW_CONTEXT_KEY, PREVIEW_VARIABLE, PreviewMode, PreviewQuestion } from '../../src/preview/question';
import { runCommand } from '../cli/_command-line';
import { folderOf, synthesizeTo } from '../cli/_tracked-app';

/** What the app asked, what it was told, and how its template came out. */
export interface Previewed {
  readonly questions: readonly PreviewQuestion[];

  /** What was said of constructs by this library, such as `warning previewIncomplete: what is live …`. */
  readonly said: readonly string[];
  readonly assembly: CloudAssembly;
}

export interface PreviewOptions extends AnswerOptions {
  readonly mode?: PreviewMode;
}

/** Previews an app as `cdk diff` does: it is synthesised anew until it asks for nothing more. */
export async function previewOf(build: (app: App) => void, { mode = 'on', ...options }: PreviewOptions = {}): Promise<Previewed> {
  process.env[PREVIEW_VARIABLE] = mode;
  const questions: PreviewQuestion[] = [];
  const context: Record<string, unknown> = {};
  try {
    for (;;) {
      const assembly = synthesize(build, context);
      const missing = (assembly.manifest.missing ?? []).filter(({ key }) => key.startsWith(PREVIEW_CONTEXT_KEY));
      if (missing.length === 0) return { questions, said: saidIn(assembly), assembly };
      for (const { key, props } of missing) {
        if (key in context) throw new Error(`${key} is asked once more`);
        const question = props as unknown as PreviewQuestion;
        questions.push(question);
        context[key] = await answer(question, options);
      }
    }
  } finally {
    delete process.env[PREVIEW_VARIABLE];
  }
}

/** The IDs of what `check` finds of the first cluster of an app. */
export async function checked(build: (app: App) => void): Promise<string[]> {
  const cwd = await folderOf();
  synthesizeTo(cwd, build);
  const { stdout } = await runCommand(['check', '--json'], { cwd, now: new Date() });
  const { clusters: [{ verdict: { findings } }] } = JSON.parse(stdout);
  return findings.map(({ id }: { id: string }) => id);
}

/** Synthesises an app; without a plugin that it could ask, unless {@link previewOf} does it. */
export function synthesize(build: (app: App) => void, context: Record<string, unknown> = {}): CloudAssembly {
  const app = new App({ context });
  build(app);
  return app.synth() as CloudAssembly;
}

function saidIn(assembly: CloudAssembly): string[] {
  return assembly.stacksRecursively.flatMap(({ messages }) => messages).flatMap(previewMessage);
}

function previewMessage({ level, entry }: SynthesisMessage): string[] {
  const [, text, ack] = /^([^]*?) \[(?:ack: )?cdk-eks-upgrades:(preview\w*)\]$/.exec(String(entry.data)) ?? [];
  return text === undefined ? [] : [`${level} ${ack}: ${text}`];
}

