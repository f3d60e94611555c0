import { writeCell } from '#csv-cell.ts';
import type { RankedVideo } from './top-videos.ts';

/** A list as CSV. No cell is a formula. */
export async function* writeRankedVideos(videos: RankedVideo[]): AsyncGenerator<string> {
  yield 'rank,previous_rank,key,title,channel,people\r\n';
  yield videos.map(lineOf).join('');
}

function lineOf({ rank, previousRank, key, title, channelName, views }: RankedVideo): string {
  const cells = [rank, previousRank ?? '', key, title, channelName, views];
  return `${cells.map((cell) => writeCell(String(cell))).join(',')}\r\n`;
}
