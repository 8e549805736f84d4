/**
 * What an app synthesised: size and contents of its templates.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface AssemblyFacts {
  readonly templateBytes: number;
  readonly resources: number;
  readonly lambdaFunctions: number;
  /** The same for assemblies with the same resources, whatever their logical IDs and order. */
  readonly fingerprint: string;
}

interface Resource {
  readonly Type: string;
  readonly [attribute: string]: unknown;
}

/** Reads the templates in an output folder. */
export async function readAssembly(folder: string): Promise<AssemblyFacts> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.template.json'));
  const templates = await Promise.all(names.map(async (name) => readFile(join(folder, name), 'utf8')));
  const resources = templates.flatMap((template) => resourcesOf(template));
  return {
    templateBytes: templates.reduce((bytes, template) => bytes + Buffer.byteLength(template), 0),
    resources: resources.length,
    lambdaFunctions: resources.filter(({ Type }) => Type === 'AWS::Lambda::Function').length,
    fingerprint: createHash('sha256').update(resources.map(canonical).sort().join('\n')).digest('hex'),
  };
}

/** Without the CDK's record of the constructs in use, which is no resource of the app. */
function resourcesOf(template: string): Resource[] {
  return Object.values<Resource>(JSON.parse(template).Resources ?? {}).filter(({ Type }) => Type !== 'AWS::CDK::Metadata');
}

/** JSON with its keys in order, and without the construct path. */
function canonical({ Metadata: _path, ...resource }: Resource): string {
  return JSON.stringify(resource, (_key, value) => value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1))
    : value);
}
