import cliProgress from 'cli-progress';

const lineEveryMs = 5_000;

/** The bar of a command, gone when it stops; on anything but a terminal, a line now and then. What `format` names is given to it. */
export function progressBar(format: string): cliProgress.SingleBar {
  return new cliProgress.SingleBar({
    format: `{bar} {percentage} % | ${format}`,
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    noTTYOutput: true,
    notTTYSchedule: lineEveryMs,
  });
}
