import Ajv, { ErrorObject } from 'ajv';
import Ajv2019 from 'ajv/dist/2019';
import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';
import { nearestName } from '../engine/eks/nearest-name';

/** What one reads; the rest is counted. */
const MOST = 5;

/**
 * What is wrong with values, by a JSON schema, as EKS sees it; each begins with the place of the value.
 *
 * EKS itself validates by the schema, in the drafts 6, 7 and 2019-09 as seen; formats such as `boolean` are its own, and not looked at.
 *
 * @param values JSON or YAML
 * @throws if the schema is not one that can be understood
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateAddon.html
 */
export function objectionsTo(values: string, schema: string): string[] {
  if (values.trim() === '') return [];
  const { $schema: draft = '', ...rules } = JSON.parse(schema) as { readonly $schema?: string };
  const validate = validatorFor(draft).compile(rules);
  let configuration: unknown;
  try {
    configuration = parseValues(values);
  } catch (error) {
    return [`it is neither JSON nor YAML: ${(error as Error).message.split('\n')[0]}`];
  }
  if (validate(configuration)) return [];
  const objections = [...new Set(telling(validate.errors ?? []).map(describe))];
  return objections.length > MOST ? [...objections.slice(0, MOST), `${objections.length - MOST} more`] : objections;
}

function validatorFor(draft: string): Ajv {
  const Validator = draft.includes('2019-09') ? Ajv2019 : draft.includes('2020-12') ? Ajv2020 : Ajv;
  return new Validator({ allErrors: true, verbose: true, strict: false, validateFormats: false, validateSchema: false, logger: false });
}

function parseValues(values: string): unknown {
  try {
    return JSON.parse(values);
  } catch {
    return parse(values, { logLevel: 'error', uniqueKeys: false });
  }
}

/** Of alternatives, what is wrong with each of them says more than that none fits. */
function telling(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const isSummary = ({ keyword }: ErrorObject) => ['anyOf', 'oneOf', 'if'].includes(keyword);
  const details = errors.filter((error) => !isSummary(error));
  return details.length > 0 ? details : errors;
}

function describe({ instancePath, keyword, params, message, data, parentSchema }: ErrorObject): string {
  const at = placeOf(instancePath);
  switch (keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name = String(params.additionalProperty ?? params.unevaluatedProperty);
      const known = Object.keys((parentSchema?.properties ?? {}) as object);
      const near = nearestName(name, known);
      return `${placeOf(`${instancePath}/${escaped(name)}`)} is not known to it${near === undefined ? '' : `; ${near} is`}`;
    }
    case 'required': return `${placeOf(`${instancePath}/${escaped(String(params.missingProperty))}`)} is missing`;
    case 'type': return `${at} is ${inWords(data)}, and must be ${[params.type].flat().join(' or ')}`;
    case 'enum': return `${at} is ${JSON.stringify(data)}, and must be `
      + `${(params.allowedValues as unknown[]).map((value) => JSON.stringify(value)).join(' or ')}`;
    default: return `${at} ${message}`;
  }
}

/** Texts may be secrets. */
function inWords(value: unknown): string {
  if (typeof value === 'string') return 'a string';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : `${value}`;
}

/** A JSON pointer as people write it: `env.WARM_IP_TARGET`, `tolerations[0].key`. */
function placeOf(pointer: string): string {
  const names = pointer.split('/').slice(1).map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const place = names.map((name) => /^\d+$/.test(name) ? `[${name}]` : /^[\w-]+$/.test(name) ? `.${name}` : `["${name}"]`).join('');
  return place.replace(/^\./, '') || 'the whole';
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
