/** What somebody is told who has no try left for `waitSeconds`. */
export function tooManyTries(waitSeconds: number): string {
  const minutes = Math.ceil(waitSeconds / 60);
  return `Too many tries. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`;
}
