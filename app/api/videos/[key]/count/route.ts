import { publicAnswer, publicHeaders } from '#app/public-answer.ts';
import { videoCount } from '#reports/video-count.ts';
import { runtime } from '#runtime.ts';

/** Public: how often a video was viewed. */
export async function GET(request: Request, { params }: { params: Promise<{ key: string }> }): Promise<Response> {
  const { key } = await params;
  return publicAnswer(
    request,
    () => videoCount(runtime().db, key),
    ({ views, botViews, people, openingViews, completeTo }) =>
      Response.json({ video: key, views, botViews, people, openingViews, completeTo }, { headers: publicHeaders }),
  );
}
