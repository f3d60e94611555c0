import { problemAnswer } from '#app/public-answer.ts';
import { permitReport } from '#app/report-scope.ts';
import { alsoWatched } from '#reports/also-watched.ts';
import { videoByKey } from '#reports/video-by-key.ts';
import { runtime } from '#runtime.ts';

const headers = { 'Cache-Control': 'no-store' };

/** The videos that most viewers of this one saw as well, counted last night. */
export async function GET(request: Request, { params }: { params: Promise<{ key: string }> }): Promise<Response> {
  const scope = await permitReport(request);
  const { db } = runtime();
  const video = await videoByKey(db, scope, (await params).key);
  if (!video) return problemAnswer(request, 404, 'No video has this key.', headers);
  const found = await alsoWatched(db, scope, video.id);
  return Response.json(
    found.map(({ key, title, viewers }) => ({ key, title, viewers })),
    { headers: { ...headers, ...(found[0] && { 'Last-Modified': new Date(found[0].countedAt).toUTCString() }) } },
  );
}
