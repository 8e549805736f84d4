/** As many calls as EKS bears from one client without throttling it at once. */
const AT_A_TIME = 8;

/** Asks for each of some things, a few at a time, and returns the answers in order. */
export async function askForEach<T, Answer>(things: readonly T[], ask: (thing: T) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let start = 0; start < things.length; start += AT_A_TIME) {
    answers.push(...await Promise.all(things.slice(start, start + AT_A_TIME).map(ask)));
  }
  return answers;
}
