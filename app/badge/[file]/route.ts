import { problem } from '#app/problem.ts';
import { publicHeaders } from '#app/public-headers.ts';
import { badgeSvg } from '#reports/badge.ts';
import { videoCount } from '#reports/video-count.ts';
import { runtime } from '#runtime.ts';

/** Public: KEY.svg, a badge with the video's count. */
export async function GET(_request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await params;
  const key = /^(.+)\.svg$/.exec(file)?.[1];
  const count = key && (await videoCount(runtime().db, key));
  if (!count) return problem(404, 'Unknown video', `No video has the badge ${file}.`, publicHeaders);
  return new Response(badgeSvg('views', count.people), {
    headers: { ...publicHeaders, 'Content-Type': 'image/svg+xml; charset=utf-8' },
  });
}
