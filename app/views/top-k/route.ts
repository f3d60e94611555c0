import { problemAnswer } from '#app/public-answer.ts';
import { permitReport } from '#app/report-scope.ts';
import { askedList } from '#app/top-query.ts';
import { channelByHandle } from '#reports/channel-by-handle.ts';
import { topVideos } from '#reports/top-videos.ts';
import { runtime } from '#runtime.ts';

const headers = { 'Cache-Control': 'no-store' };

/** The exact list of most watched videos; `Age` and `X-Complete-To` say how far it is behind. */
export async function GET(request: Request): Promise<Response> {
  const scope = await permitReport(request);
  const params = new URL(request.url).searchParams;
  const asked = askedList(params);
  if ('problem' in asked) return problemAnswer(request, 400, asked.problem, headers);
  const { db, timeZone } = runtime();
  const handle = params.get('channel');
  const channel = handle === null ? undefined : await channelByHandle(db, scope, handle);
  if (handle !== null && !channel) return problemAnswer(request, 404, 'No channel has this handle.', headers);
  const now = new Date();
  const list = await topVideos(db, channel ? [channel.id] : scope, asked, now, timeZone);
  const behind = list.completeTo ? Math.max(0, Math.round((now.getTime() - Date.parse(list.completeTo)) / 1_000)) : 0;
  return Response.json(
    list.videos.map(({ videoId, views, key, title, rank, previousRank }) => ({
      videoId,
      views,
      key,
      title,
      rank,
      previousRank,
    })),
    { headers: { ...headers, Age: String(behind), ...(list.completeTo && { 'X-Complete-To': list.completeTo }) } },
  );
}
