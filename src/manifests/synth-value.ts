import { CfnResource, Token, Tokenization } from 'aws-cdk-lib';
import { textOf } from '../diagnostics/text-of';
import { isJsonObject, JsonValue } from '../engine/change/json-value';

/** Stands in JSON for what only the deployment knows; without quotes, which are around it where it is a text. */
const UNKNOWN_IN_JSON = '0';

/**
 * A value of an app, as far as it is known at synth. It is looked into part by part, and tokens are resolved where somebody
 * looks: manifests are large, and to make their text takes the CDK as long as all the rest of them.
 */
export class SynthValue extends JsonValue {
  /** The value of JSON in a property of a resource: nothing where it cannot be read. */
  public static ofJson(resource: CfnResource, json: unknown): SynthValue {
    return new SynthValue(
      resource, known(resource, sourceOf(resource, json)) ?? parsed(textOf(resource.stack.resolve(json), UNKNOWN_IN_JSON)),
    );
  }

  /**
   * @param value resolved already, as far as its own parts are not concerned
   */
  private constructor(private readonly resource: CfnResource, value: unknown) {
    super(value);
  }

  public at(...path: readonly string[]): SynthValue {
    let { value } = this;
    for (const name of path) value = isJsonObject(value) ? known(this.resource, value[name]) : undefined;
    return new SynthValue(this.resource, value);
  }

  public get items(): SynthValue[] {
    return Array.isArray(this.value) ? this.value.map((item) => new SynthValue(this.resource, known(this.resource, item))) : [];
  }

  public get text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }
}

/** What stands for a value that may be a token. Most are none, and to ask the CDK takes its time. */
function known(resource: CfnResource, value: unknown): unknown {
  const mayBeToken = typeof value === 'string' ? value.includes('Token[') : typeof value === 'object' && value !== null;
  return mayBeToken && Token.isUnresolved(value) ? withoutIntrinsics(resource.stack.resolve(value)) : value;
}

/**
 * What `stack.toJsonString()` was given: the token that it makes asks its context to resolve that, and nothing else. Undefined
 * for all other texts.
 */
function sourceOf(resource: CfnResource, json: unknown): object | undefined {
  const fragments = typeof json === 'string' ? Tokenization.reverseString(json) : undefined;
  if (fragments?.length !== 1 || !fragments.firstToken) return undefined;
  const asked: unknown[] = [];
  try {
    fragments.firstToken.resolve({
      scope: resource,
      preparing: false,
      documentPath: [],
      registerPostProcessor: () => undefined,
      resolve: (value: unknown) => void asked.push(value),
    });
  } catch {
    return undefined; // another kind of token, which needs what it asks for: it is resolved as a whole
  }
  const [source] = asked;
  return asked.length === 1 && [source].flat().every((part) => typeof part === 'object' && part !== null) ? source as object : undefined;
}

function withoutIntrinsics(resolved: unknown): unknown {
  if (Array.isArray(resolved)) return resolved.map(withoutIntrinsics);
  if (!isJsonObject(resolved)) return resolved;
  const entries = Object.entries(resolved);
  const isIntrinsic = entries.length === 1 && /^(Ref$|Fn::)/.test(entries[0][0]);
  return isIntrinsic ? textOf(resolved, '…') : Object.fromEntries(entries.map(([key, value]) => [key, withoutIntrinsics(value)]));
}

function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a token in an unusual place: nothing is said of it
  }
}
