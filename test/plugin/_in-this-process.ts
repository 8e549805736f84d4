/**
 * The preview without the CLI: the app is synthesised in this process, its question answered, and the app synthesised again.
 */
import { App } from 'aws-cdk-lib';
import { CloudAssembly, SynthesisMessage } from 'aws-cdk-lib/cx-api';
import { answer, AnswerOptions } from '../../src/plugin/answer';
import { PREVIEW_CONTEXT_KEY, PREVIEW_VARIABLE, PreviewMode, PreviewQuestion } from '../../src/preview/question';

/** What the app was told, and how its template came out. */
export interface Previewed {
  /** What was said of constructs by this library, such as `warning previewIncomplete: what is live …`. */
  readonly said: readonly string[];
  readonly assembly: CloudAssembly;
}

export interface PreviewOptions extends AnswerOptions {
  readonly mode?: PreviewMode;
}

/** Previews an app as `cdk diff` does. */
export async function previewOf(build: (app: App) => void, { mode = 'on', ...options }: PreviewOptions = {}): Promise<Previewed> {
  process.env[PREVIEW_VARIABLE] = mode;
  try {
    const [asked] = synthesize(build).manifest.missing?.filter(({ key }) => key === PREVIEW_CONTEXT_KEY) ?? [];
    const answered = await answer(asked.props as unknown as PreviewQuestion, options);
    const assembly = synthesize(build, { [PREVIEW_CONTEXT_KEY]: answered });
    return { said: saidIn(assembly), assembly };
  } finally {
    delete process.env[PREVIEW_VARIABLE];
  }
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

