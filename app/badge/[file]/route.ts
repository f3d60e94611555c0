import { publicAnswer, publicHeaders } from '#app/public-answer.ts';
import { badgeSvg } from '#reports/badge.ts';
import { videoCount } from '#reports/video-count.ts';
import { runtime } from '#runtime.ts';

/** Public: KEY.svg, a badge with the video's views without bots; with `?opening=1` together with what other products had counted. */
export async function GET(request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await params;
  const isWithOpening = new URL(request.url).searchParams.get('opening') === '1';
  const key = /^(.+)\.svg$/.exec(file)?.[1];
  return publicAnswer(
    request,
    async () => (key ? videoCount(runtime().db, key) : undefined),
    ({ people, openingViews }) =>
      new Response(isWithOpening ? badgeSvg('views', people + openingViews) : badgeSvg('views by people', people), {
        headers: { ...publicHeaders, 'Content-Type': 'image/svg+xml; charset=utf-8' },
      }),
  );
}
