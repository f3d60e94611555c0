import { setTimeout as sleep } from 'node:timers/promises';
import { type Ingest, recordViews } from '#ingest/record-views.ts';
import { person, viewOf } from './factories.ts';

const everyMs = 20;

/** Records views at a steady rate, one for each of `times()`; `stop` resolves to how many were counted, and throws for one that was not. */
export function startSteadyViews(ingest: Ingest, video: string, times: () => number[]): { stop(): Promise<number> } {
  let counted = 0;
  let isOver = false;
  const sending = (async () => {
    while (!isOver) {
      const bodies = times().map((at) => viewOf(video, at));
      const results = await recordViews(ingest, bodies, person);
      const refused = results.find(({ status }) => status !== 'counted');
      if (refused) throw new Error(`A view was not counted: ${JSON.stringify(refused)}`);
      counted += results.length;
      await sleep(everyMs);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await sending;
      return counted;
    },
  };
}
