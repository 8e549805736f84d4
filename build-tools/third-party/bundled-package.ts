import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LICENCE_FILES = /^(licen[cs]e|notice|copying)/i;

/** A package of which the bundles hold code. */
export class BundledPackage {
  /**
   * @throws if neither the package nor its licence files say under which licence it is
   */
  static read(folder: string): BundledPackage {
    const { name, version, license, author, homepage } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const texts = readdirSync(folder)
      .filter((file) => LICENCE_FILES.test(file))
      .sort()
      .map((file) => readFileSync(join(folder, file), 'utf8').trim());
    if (typeof license !== 'string') {
      throw new Error(`${name}@${version} is bundled, but its package.json names no licence: look at it, and say here what it is`);
    }
    return new BundledPackage(name, version, license, texts, typeof author === 'string' ? author : author?.name, homepage);
  }

  private constructor(
    readonly name: string,
    readonly version: string,
    /** An SPDX identifier or expression. */
    readonly licence: string,
    /** Of its licence and notice files. */
    readonly texts: readonly string[],
    readonly author?: string,
    readonly homepage?: string,
  ) {}

  get id(): string {
    return `${this.name}@${this.version}`;
  }
}

/** The parts of THIRD-PARTY-NOTICES: packages that come with the same text, which many do, share one. */
export function noticesOf(packages: readonly BundledPackage[]): string[] {
  const byText = new Map<string, BundledPackage[]>();
  packages.forEach((found) => {
    const text = found.texts.join('\n\n') || `The package holds no licence file.${found.author ? ` Its author: ${found.author}` : ''}`;
    byText.set(text, [...byText.get(text) ?? [], found]);
  });
  return [...byText].map(([text, ofText]) => `${ofText.map(headOf).join('\n')}\n\n${text}\n`);
}

function headOf({ id, licence, homepage }: BundledPackage): string {
  return [id, licence, ...homepage ? [homepage] : []].join(', ');
}

/** What the SBOM says of a package. */
export function componentOf({ name, version, licence }: BundledPackage) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const isExpression = / (AND|OR|WITH) /.test(licence);
  return {
    'type': 'library',
    'bom-ref': purl,
    name,
    version,
    purl,
    'licenses': [isExpression ? { expression: licence } : { license: { id: licence } }],
  };
}
