// The verdict on a row of the log as it counts now: as it was recorded, unless it was changed for a time that the row is in.
import { type SQL, sql } from 'drizzle-orm';

/** Of the log as `v`: a join, of which `isHeldBot` and `changedBy` speak. The same rule as the view counted_views has. */
export const heldVerdicts: SQL = sql`
  left join verdict_changes w on w.video_id = v.video_id and w.reversed_at is null and v.viewed_at >= w.from_at and v.viewed_at < w.to_at`;

/** Whoever said themselves that they are bots stay bots. */
export const isHeldBot: SQL = sql`
  case w.verdict when 'bot' then true when 'person' then coalesce(v.bot in ('declared_bot', 'no_user_agent'), false)
    else v.bot is not null end`;

/** The number of the change; null where none holds. */
export const changedBy: SQL = sql`w.id::float8`;
