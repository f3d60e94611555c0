import { notFound } from 'next/navigation';
import { breakdownFile } from '#app/breakdown-file.ts';
import { permitReport } from '#app/report-scope.ts';
import { videoByKey } from '#reports/video-by-key.ts';
import { runtime } from '#runtime.ts';

/** Views of a video by one dimension as CSV. */
export async function GET(request: Request, { params }: { params: Promise<{ key: string }> }): Promise<Response> {
  const scope = await permitReport(request);
  const video = (await videoByKey(runtime().db, scope, (await params).key)) ?? notFound();
  return breakdownFile(request, { video: video.id }, video.key);
}
