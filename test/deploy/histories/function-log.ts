import type { GuardFinding } from './observation';

/** The findings in the log of a stack's handler, from the n-th line on; and how many lines there are. */
export async function findingsSince(
  endpoint: string, logGroupName: string, line: number,
): Promise<{ findings: GuardFinding[]; lines: number }> {
  const messages: string[] = [];
  let nextToken: string | undefined;
  do {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Logs_20140328.FilterLogEvents' },
      body: JSON.stringify({ logGroupName, nextToken }),
    });
    const page = await response.json() as { events?: { message: string }[]; nextToken?: string };
    messages.push(...(page.events ?? []).map(({ message }) => message));
    nextToken = page.nextToken;
  } while (nextToken);
  return { findings: messages.slice(line).flatMap(findingIn), lines: messages.length };
}

function findingIn(message: string): GuardFinding[] {
  const start = message.indexOf('{');
  if (start < 0) return [];
  try {
    const { finding } = JSON.parse(message.slice(start)) as { finding?: GuardFinding };
    return finding ? [finding] : [];
  } catch {
    return []; // a line of Lambda's own
  }
}
