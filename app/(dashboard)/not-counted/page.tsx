import type { Metadata } from 'next';
import type { Scope } from '#accounts/may.ts';
import { managesAny } from '#app/managing.ts';
import { isPermitted, permitScope } from '#app/permit.ts';
import { addressWith, firstText, type SearchParams } from '#components/address.ts';
import { PageHeader } from '#components/page-header.tsx';
import { Panel } from '#components/panel.tsx';
import { RangeControl } from '#components/range-control.tsx';
import { RangeProblem } from '#components/range-problem.tsx';
import { askedRange } from '#components/read-page.ts';
import { remedies } from '#ingest/remedies.ts';
import { dateAt } from '#reports/calendar.ts';
import { notCounted } from '#reports/not-counted.ts';
import { parseRange } from '#reports/range.ts';
import { parseScreened } from '#reports/screened.ts';
import { videoByKey } from '#reports/video-by-key.ts';
import { runtime } from '#runtime.ts';
import { Chosen } from './chosen.tsx';
import { emptyText } from './empty-text.ts';
import { LiveScreened } from './live-screened.tsx';
import { OriginTable } from './origin-table.tsx';
import { ReasonTable } from './reason-table.tsx';
import { screenedPoints } from './screened-points.ts';
import { Sums } from './sums.tsx';
import { VideoTable } from './video-table.tsx';

export const metadata: Metadata = { title: 'Not counted' };

type Props = { searchParams: Promise<SearchParams> };

export default async function NotCountedPage({ searchParams }: Props) {
  const scope = await permitScope('dashboards:read');
  const { timeZone } = runtime();
  const params = await searchParams;
  const address = addressWith('/not-counted', params);
  const now = new Date();
  const { asked, range, problem, reason, video, unknownVideo, report } = await readAsked(scope, params, now);
  const points = screenedPoints(report.points, range.unit, timeZone);
  const list = { total: report.views, reason, address };
  return (
    <>
      <PageHeader title="Not counted" />
      <Sums byReason={report.byReason} reason={reason} rangeLabel={range.label} address={address} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        <Panel
          title="Over time"
          control={
            <RangeControl
              range={range}
              address={address}
              today={dateAt(now, timeZone)}
              refused={problem ? asked : undefined}
            />
          }
        >
          <RangeProblem problem={problem} />
          <RangeProblem
            problem={unknownVideo && `There is no video with the key “${unknownVideo}”: this is of all videos.`}
          />
          <Chosen reason={reason} video={video} views={report.views} address={address} />
          {reason === 'duplicate' && <p className="mb-3 max-w-prose text-muted">{remedies[reason].said}</p>}
          <LiveScreened
            points={points}
            emptyText={emptyText(points, reason)}
            unit={range.unit}
            kind={reason === 'duplicate' ? 'duplicates' : 'not counted'}
            label={`${reason ?? 'views not counted'}, ${range.label}`}
            shown={{ readAt: now.toISOString(), screenedToday: report.today }}
            timeZone={timeZone}
          />
        </Panel>
        {reason !== 'duplicate' && (
          <Panel title="Why, and what to do">
            <ReasonTable
              byReason={report.byReason}
              reason={reason}
              emptyText={emptyText(points, undefined)}
              isOperator={await isPermitted('installation:operate')}
              address={address}
            />
            {!(await managesAny()) && (
              <p className="mt-4 max-w-prose text-muted">
                Videos and the Settings of a channel are for its creators and for admins: tell them.
              </p>
            )}
          </Panel>
        )}
        <div className="grid grid-cols-[minmax(0,1fr)] gap-10 lg:grid-cols-2">
          <Panel title="From where">
            <OriginTable byOrigin={report.byOrigin} {...list} />
          </Panel>
          <Panel title="Which videos">
            <VideoTable byVideo={report.byVideo} {...list} />
          </Panel>
        </div>
      </div>
      <p className="mt-10 max-w-prose text-muted text-xs leading-5">
        What stands here is written in one transaction with the answer to its sender, by the time it was received: it is
        current whatever the rollup is at. It is kept for 400 days.
      </p>
    </>
  );
}

/** What the address asks for, read as of one moment. */
async function readAsked(scope: Scope, params: SearchParams, now: Date) {
  const { db, timeZone } = runtime();
  const asked = askedRange(params);
  const { range, problem } = parseRange(asked, now, timeZone);
  const reason = parseScreened(firstText(params.reason));
  const key = firstText(params.video);
  const video = await videoByKey(db, scope, key ?? '');
  const subject = video ? { video: video.id } : { channels: scope };
  const report = await notCounted(db, scope, range, { reason, subject }, now, timeZone);
  return { asked, range, problem, reason, video, unknownVideo: video ? undefined : key, report };
}
