import { csvAnswer } from '#app/csv-answer.ts';
import { permitReport } from '#app/report-scope.ts';
import { writeRankedVideos } from '#reports/write-ranked-videos.ts';
import { askedCharts } from '../asked-charts.ts';

/** The list that the page shows. */
export async function GET(request: Request): Promise<Response> {
  const scope = await permitReport(request);
  const params = Object.fromEntries(new URL(request.url).searchParams);
  const { videos, window } = await askedCharts(scope, params, new Date());
  return csvAnswer(`charts-${window}.csv`, writeRankedVideos(videos));
}
