// The breakdowns of the staged views, in the tick and wherever views are counted another way than before.
import type { Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import type { CountsMove } from '../counts-move.ts';
import { addBreakdowns } from './add-breakdowns.ts';
import { breakDownByChannel, breakDownByVideo, breakdownDeltasOf, makeBreakdownDeltas } from './count-breakdowns.ts';

/** Counts the staged views into the breakdowns of their videos and channels. */
export async function rollUpBreakdowns(tx: Transaction, timeZone: ReportingZone, probe: () => void): Promise<void> {
  probe();
  await makeBreakdownDeltas(tx);
  probe();
  await breakDownByVideo(tx, timeZone);
  probe();
  await breakDownByChannel(tx);
  for (const subject of ['video', 'channel'] as const) {
    probe();
    await addBreakdowns(tx, subject);
  }
}

/** Moves a video's breakdowns as move-counts.ts moves its counts, from the video's own rows. */
export async function moveBreakdowns(tx: Transaction, moves: CountsMove[]): Promise<void> {
  await makeBreakdownDeltas(tx);
  // All of them before any is applied: what a video gets must not be moved on as its own.
  for (const subject of ['video', 'channel'] as const) {
    const some = moves.filter((move) => move.subject === subject);
    await tx`
      insert into ${tx(breakdownDeltasOf(subject))}
      select m.owner, b.day, b.dimension, b.value, b.views * m.times, b.bot_views * m.times
      from unnest(${some.map(({ of }) => of)}::bigint[], ${some.map(({ owner }) => owner)}::bigint[],
        ${some.map(({ times }) => times)}::int[]) m(of, owner, times) join video_breakdowns b on b.video_id = m.of`;
  }
  for (const subject of ['video', 'channel'] as const) await addBreakdowns(tx, subject);
}
