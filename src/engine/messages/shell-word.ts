const PLAIN = /^[\w./:@%+,=-]+$/;

/** What a shell acts upon between double quotation marks, too. */
const LIVES_IN_QUOTES = /["$`\\!]/;

/** A text as one word of a command that somebody copies: between the quotation marks that all shells know, where those are enough. */
export function shellWord(text: string): string {
  if (PLAIN.test(text)) return text;
  return LIVES_IN_QUOTES.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : `"${text}"`;
}
