// Moves a video's viewers from whoever they count for to others, as move-counts.ts moves its counts, from the video's own rows.
import type { Transaction } from '#db/client.ts';
import type { CountsMove } from '../counts-move.ts';
import type { Subject } from '../slot-counts.ts';
import { addViewers } from './add-viewers.ts';
import { deltasOf, makeViewerDeltas } from './count-viewers.ts';

const subjects: readonly Subject[] = ['video', 'channel'];

/** To be called in a transaction that holds the counts (hold-counts.ts). */
export async function moveViewers(tx: Transaction, moves: CountsMove[]): Promise<void> {
  await makeViewerDeltas(tx);
  // All of them before any is applied: what a video gets must not be moved on as its own.
  for (const subject of subjects) {
    const some = moves.filter((move) => move.subject === subject);
    await tx`
      insert into ${tx(deltasOf(subject))}
      select m.owner, v.viewer, v.day, v.views * m.times
      from unnest(${some.map(({ of }) => of)}::bigint[], ${some.map(({ owner }) => owner)}::bigint[],
        ${some.map(({ times }) => times)}::int[]) m(of, owner, times) join video_viewers v on v.video_id = m.of`;
  }
  for (const subject of subjects) await addViewers(tx, subject);
}
