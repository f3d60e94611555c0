import { problem } from '#app/problem.ts';
import { publicHeaders } from '#app/public-headers.ts';
import { videoCount } from '#reports/video-count.ts';
import { runtime } from '#runtime.ts';

/** Public: how often a video was viewed. */
export async function GET(_request: Request, { params }: { params: Promise<{ key: string }> }): Promise<Response> {
  const { key } = await params;
  const count = await videoCount(runtime().db, key);
  if (!count) return problem(404, 'Unknown video', `No video has the key ${key}.`, publicHeaders);
  const { views, botViews, people, completeTo } = count;
  return Response.json({ video: key, views, botViews, people, completeTo }, { headers: publicHeaders });
}
