import { connect } from '#db/client.ts';
import type { LogView } from '#ingest/flush.ts';

export type HeldView = { undo(): Promise<void>; commit(): Promise<void> };

/** Inserts a view in a transaction that stays open, so that whoever inserts it too waits for what becomes of this one. */
export async function holdView(url: string, { id, viewer, videoId, viewedAt }: LogView): Promise<HeldView> {
  const sql = connect(url, { name: 'holder', max: 1, idleInTransactionTimeoutMs: 60_000 });
  await sql`begin`;
  await sql`
    insert into video_views (id, viewer, video_id, viewed_at, received_at, batch, lane, is_muted)
    values (${id}, ${viewer}, ${videoId}, to_timestamp(${viewedAt / 1000}::float8), now(), 0, 0, false)`;
  const end = async (how: 'rollback' | 'commit') => {
    await sql.unsafe(how);
    await sql.end({ timeout: 1 });
  };
  return { undo: () => end('rollback'), commit: () => end('commit') };
}
