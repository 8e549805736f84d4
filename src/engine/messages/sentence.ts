import { Said } from './message';

/** What is said where there is one line for text and remedy: a semicolon tells them apart where a colon stands in the text already. */
export function sentence({ message, remedy }: Pick<Said, 'message' | 'remedy'>): string {
  if (remedy === '') return message;
  return `${message}${message.includes(': ') ? ';' : ':'} ${remedy}`;
}
