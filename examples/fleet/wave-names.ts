import { Wave } from './fleet';

/**
 * Refuses waves that a name does not tell apart: `rest-*`, by which a wave is deployed, would deploy `rest-2` before its gate.
 */
export function requireTellingNames(waves: readonly Pick<Wave, 'name'>[]): void {
  waves.forEach(({ name }, index) => {
    const other = waves.find((wave, at) => at !== index && (wave.name === name || wave.name.startsWith(`${name}-`) || wave.name.startsWith(`${name}.`)));
    if (other) throw new Error(`wave '${other.name}' is called like wave '${name}', or like a part of it: give it another name, such as '${name}2'`);
  });
}
