import { notFound } from 'next/navigation';
import { csvAnswer } from '#app/csv-answer.ts';
import { channelsToManage } from '#app/managing.ts';
import { permitRoute } from '#app/permit.ts';
import { channelSettings } from '#channels/channel-settings.ts';
import { runtime } from '#runtime.ts';
import { writeSheet } from '#videos/sheet/write-sheet.ts';

/** The videos that the visitor manages, of one channel where it is named. */
export async function GET(request: Request): Promise<Response> {
  const { ids } = await channelsToManage(permitRoute);
  const { sql } = runtime().accounts;
  const handle = new URL(request.url).searchParams.get('channel');
  if (!handle) return csvAnswer('videos.csv', writeSheet(sql, ids));
  const channel = await channelSettings(sql, handle);
  if (!channel || ids?.includes(channel.id) === false) notFound();
  return csvAnswer(`${handle}.csv`, writeSheet(sql, [channel.id]));
}
