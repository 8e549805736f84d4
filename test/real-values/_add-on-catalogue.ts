import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AddOnOffer } from '../../src/engine/state/region-catalog';
import type { CatalogAddonVersion } from '../aws/eks-catalog';

/** A version of an add-on as EKS lists it. */
export interface ListedVersion {
  readonly version: string;
  /** The Kubernetes minors that it is for, such as `1.36`. */
  readonly minors: readonly string[];
}

/** The add-ons of `add-on-catalogue.txt` with their versions, both in the order of the file. */
export const ADD_ON_CATALOGUE: ReadonlyMap<string, readonly ListedVersion[]> = readCatalogue();

/** The minors of the way that the tests go. */
export const MINORS = ['1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36'];

/** The names of all versions of an add-on. */
export function versionsOf(addOn: string): string[] {
  return ADD_ON_CATALOGUE.get(addOn)!.map(({ version }) => version);
}

/** What the catalogue offers of an add-on for a Kubernetes version. */
export function offerFor(addOn: string, kubernetesVersion: string): AddOnOffer {
  const fitting = ADD_ON_CATALOGUE.get(addOn)!.filter(({ minors }) => minors.includes(kubernetesVersion));
  return { kubernetesVersion, versions: fitting.map(({ version }) => version) };
}

/** The catalogue as a local EKS offers it: of all add-ons, or of some. */
export function offeredVersions(addOns: readonly string[] = [...ADD_ON_CATALOGUE.keys()]): CatalogAddonVersion[] {
  return addOns.flatMap((addonName) => ADD_ON_CATALOGUE.get(addonName)!.map(({ version, minors }) => (
    { addonName, addonVersion: version, clusterVersions: [...minors], defaultFor: [] })));
}

function readCatalogue(): Map<string, ListedVersion[]> {
  const lines = readFileSync(join(__dirname, 'add-on-catalogue.txt'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
  const catalogue = new Map<string, ListedVersion[]>();
  let listed: ListedVersion[] = [];
  for (const line of lines) {
    const [first, ...rest] = line.split(' ');
    if (first === '=') catalogue.set(rest[0], listed = []);
    else listed.push(...rest.flatMap(buildsOf).map((version) => ({ version, minors: minorsIn(first) })));
  }
  return catalogue;
}

/** `v1.2.3-eksbuild.2,1` is two versions. */
function buildsOf(text: string): string[] {
  const [version, ...builds] = text.split(',');
  return [version, ...builds.map((build) => version.replace(/[^.]+$/, build))];
}

/** `25,27-28` is three minors. */
function minorsIn(text: string): string[] {
  return text.split(',').flatMap((range) => {
    const [from, to = from] = range.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => `1.${from + index}`);
  });
}
