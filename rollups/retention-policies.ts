// How long each fact is kept. Days, months and lifetime totals of views are kept for ever.
import { type PartitionedTable, partitionedTables } from '#db/partitions.ts';

export type Fact =
  | 'view log'
  | 'minutes'
  | 'hours'
  | 'days'
  | 'months'
  | 'totals'
  | 'viewers'
  | 'viewers by day'
  | 'viewers by month'
  | 'breakdowns'
  | 'not counted, by minute'
  | 'not counted';

export type RetentionPolicy = {
  fact: Fact;
  /** What it stands in. */
  tables: string[];
  /** Those of them that are dropped partition by partition. */
  partitioned: PartitionedTable[];
  /** Since a partition was last written; null is for ever. */
  keptDays: number | null;
  /** Fewer would take away what is still needed. */
  leastDays: number;
};

const { videoViews, screeningMinutes, videoMinutes, channelMinutes, videoHours, channelHours } = partitionedTables;
const { videoDays, channelDays, screeningHours, screeningDays } = partitionedTables;
const { videoViewers, channelViewers, videoViewerCells, channelViewerCells } = partitionedTables;
const { videoViewerDays, channelViewerDays, videoBreakdowns, channelBreakdowns } = partitionedTables;

// A view is accepted for seven days, and its day is closed for good the night after.
export const leastLogDays = 9;
/** The last hour, today against yesterday by the minute, and a whole day besides. */
export const minutesKeptDays = 2;
/** For as long unique viewers are exact over any range; what is dropped is still there as a sketch of each day. */
const viewersKeptDays = 35;
// A year, the year before it, and a little.
const breakdownsKeptDays = 800;

/** Every policy, with the view log kept for `logDays`. Throws when that is too short. */
export function retentionPolicies(logDays = 90): RetentionPolicy[] {
  const policies: RetentionPolicy[] = [
    policy('view log', [videoViews], logDays, leastLogDays),
    policy('minutes', [videoMinutes, channelMinutes], minutesKeptDays, 2),
    policy('hours', [videoHours, channelHours], 400, leastLogDays),
    policy('days', [videoDays, channelDays], null),
    { fact: 'months', tables: ['video_months', 'channel_months'], partitioned: [], keptDays: null, leastDays: 0 },
    { fact: 'totals', tables: ['video_totals', 'channel_totals'], partitioned: [], keptDays: null, leastDays: 0 },
    policy(
      'viewers',
      [videoViewers, channelViewers, videoViewerCells, channelViewerCells],
      viewersKeptDays,
      viewersKeptDays,
    ),
    policy('viewers by day', [videoViewerDays, channelViewerDays], null),
    {
      fact: 'viewers by month',
      tables: ['video_viewer_months', 'channel_viewer_months'],
      partitioned: [],
      keptDays: null,
      leastDays: 0,
    },
    policy('breakdowns', [videoBreakdowns, channelBreakdowns], breakdownsKeptDays, leastLogDays),
    policy('not counted, by minute', [screeningMinutes], 90, 2),
    // A year to look back on. Not for ever: whoever makes up origins makes rows.
    policy('not counted', [screeningHours, screeningDays], 400, 2),
  ];
  return policies.map(refuseTooShort);
}

/** Throws for a policy that keeps less than what is still needed. */
export function refuseTooShort(policy: RetentionPolicy): RetentionPolicy {
  const { fact, keptDays, leastDays } = policy;
  if (keptDays === null || (Number.isInteger(keptDays) && keptDays >= leastDays)) return policy;
  throw new Error(`The ${fact} must be kept for at least ${leastDays} whole days, not ${keptDays}.`);
}

function policy(fact: Fact, partitioned: PartitionedTable[], keptDays: number | null, leastDays = 0): RetentionPolicy {
  return { fact, tables: partitioned.map(({ table }) => table), partitioned, keptDays, leastDays };
}
