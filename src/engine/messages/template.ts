/** What can stand in a message. Lists are joined; what is undefined is left out, where the placeholder allows it. */
export type Value = string | number | boolean | readonly string[] | { toString(): string } | undefined;

/**
 * Fills in a template.
 *
 * | placeholder | is |
 * |---|---|
 * | `{version}` | the value; a list is joined by commas |
 * | `{path, then}`, `{path →}` | a list, joined by what follows the name and a space |
 * | `{names and}`, `{names or}` | a list as a sentence has it: `a, b and c` |
 * | `{count: # node is\|# nodes are}` | the first form for 1, a list of one, or true, else the second; `#` is the value |
 * | `{until? until #}` | the text with the value in place of `#`; nothing where the value is undefined, false, or an empty text or list |
 *
 * A brace that a space follows is a brace.
 */
export function fill(template: string, values: Readonly<Record<string, Value>>): string {
  return template.replace(/\{([A-Za-z]+)([^{}]*)\}/g, (_, name: string, form: string) => {
    const value = values[name];
    if (form.startsWith('?')) return isGiven(value) ? form.slice(1).replaceAll('#', () => inWords(value)) : '';
    if (form.startsWith(':')) return chosen(form.slice(1), value);
    return inWords(value, form === '' ? ', ' : `${form} `, / (and|or)$/.test(form) ? ', ' : undefined);
  });
}

function chosen(forms: string, value: Value): string {
  const [one, several] = forms.split('|');
  const count = Array.isArray(value) ? value.length : value;
  return (count === 1 || count === true ? one : several).trimStart().replaceAll('#', () => inWords(count));
}

function isGiven(value: Value): boolean {
  return value !== undefined && value !== false && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** @param before what stands between all but the last two */
function inWords(value: Value, separator = ', ', before = separator): string {
  if (!Array.isArray(value)) return String(value);
  return value.length < 2 ? value.join('') : `${value.slice(0, -1).join(before)}${separator}${value.at(-1)}`;
}
