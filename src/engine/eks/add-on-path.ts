import { newestAddOnVersion, parseAddOnVersion } from './add-on-version';
import { VPC_CNI } from '../state/add-on-names';

/**
 * The versions to install in turn to get an add-on from one version to another, the last one included.
 *
 * That is the wanted version alone, but for vpc-cni, which goes through the newest offered version of every minor in between.
 * Undefined when nothing is offered of one of them.
 */
export function addOnPath(name: string, from: string, to: string, offered: readonly string[]): string[] | undefined {
  const minors = name === VPC_CNI ? minorsBetween(from, to) : [];
  const stopovers = minors.flatMap((minor) => newestOfMinor(minor, offered) ?? []);
  return stopovers.length === minors.length ? [...stopovers, to] : undefined;
}

/** The minors that lie between two versions of vpc-cni, in the order of the way; none when a version cannot be read. */
export function minorsBetween(from: string, to: string): number[] {
  const [start, end] = [parseAddOnVersion(from), parseAddOnVersion(to)];
  if (!start || !end) return [];
  const direction = Math.sign(end.minor - start.minor);
  return Array.from({ length: Math.max(0, Math.abs(end.minor - start.minor) - 1) }, (_, step) => start.minor + direction * (step + 1));
}

function newestOfMinor(minor: number, offered: readonly string[]): string | undefined {
  return newestAddOnVersion(offered.filter((version) => parseAddOnVersion(version)?.minor === minor));
}
