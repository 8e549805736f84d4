import { execFileSync } from 'node:child_process';

/** What the AWS CLI answers. */
export function aws(args: readonly string[], env: Record<string, string> = {}): any {
  const answer = execFileSync('aws', [...args, '--output', 'json'], { encoding: 'utf8', env: { ...process.env, ...env } });
  return answer.trim() === '' ? undefined : JSON.parse(answer);
}
