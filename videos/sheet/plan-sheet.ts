// What a sheet would do to the videos there are, line by line. Changes nothing.
import type { Sql, Transaction } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';
import { differences, type VideoChanges } from '../change-video.ts';
import { type KnownChannel, type KnownVideo, knownChannels, knownVideos } from './known-videos.ts';
import { type BadLine, readSheet, type SheetRow } from './read-sheet.ts';

export type Step = { line: number; key: string } & (
  | { kind: 'create'; channel: string; fields: VideoChanges }
  | { kind: 'change'; fields: VideoChanges; before: VideoChanges }
  | { kind: 'move'; from: string; to: string; fields: VideoChanges }
  | { kind: 'delete'; title: string; views: number }
  | { kind: 'unchanged' }
);
export type SheetPlan = { steps: Step[]; bad: BadLine[] };

/** Whether whoever sends the sheet manages a channel. */
export type Manages = (channel: ChannelId) => boolean;

// Those keep the counting waiting while they are done: a move and a deletion take some 10 ms each.
export const heavyAtMost = 500;

export async function planSheet(sql: Sql | Transaction, text: string, manages: Manages): Promise<SheetPlan> {
  const { rows, bad } = readSheet(text);
  const videos = await knownVideos(
    sql,
    rows.map(({ key }) => key),
  );
  const channels = await knownChannels(
    sql,
    rows.flatMap(({ channel }) => channel ?? []),
  );
  const plan: SheetPlan = { steps: [], bad: [...bad] };
  for (const row of rows) {
    const step = stepOf(row, videos.get(row.key), row.channel ? channels.get(row.channel) : undefined, manages);
    if (typeof step === 'string') plan.bad.push({ line: row.line, problem: step });
    else plan.steps.push(step);
  }
  const tooMany = plan.steps.filter(({ kind }) => kind === 'move' || kind === 'delete')[heavyAtMost];
  if (tooMany) {
    const problem = `a sheet may move and delete ${heavyAtMost} videos: send the rest in another`;
    plan.bad.push({ line: tooMany.line, problem });
  }
  plan.bad.sort((a, b) => a.line - b.line);
  return plan;
}

/** The step of a row, or why there is none. */
function stepOf(
  row: SheetRow,
  video: KnownVideo | undefined,
  channel: KnownChannel | undefined,
  manages: Manages,
): Step | string {
  const { key, line } = row;
  // Whether there is a channel is nobody's business but its members'.
  if (row.channel && !(channel && manages(channel.id))) return `there is no channel ${row.channel}, or it is not yours`;
  if (!video) return creation(row, channel);
  if (!manages(video.channelId)) return `the key ${key} is taken by a video that is not yours`;
  if (video.isRemoved) return `${key} was merged or deleted: its key is not given again`;
  const isElsewhere = row.channel !== undefined && row.channel !== video.channel;
  if (row.action === 'delete') {
    if (isElsewhere) return `${key} stands in ${video.channel}, not in ${row.channel}: nothing is deleted by mistake`;
    return { line, key, kind: 'delete', title: video.title, views: video.views };
  }
  const { before, after: fields } = differences(video, fieldsOf(row));
  if (row.action === 'move' && row.channel === undefined) return 'a move needs the channel to move to';
  if (isElsewhere && row.action !== 'move')
    return `${key} stands in ${video.channel}: write move in the column action to move it with its history`;
  if (isElsewhere && channel?.isArchived) return `the channel ${channel.handle} is archived and takes no more videos`;
  if (isElsewhere) return { line, key, kind: 'move', from: video.channel, to: row.channel ?? '', fields };
  if (Object.keys(fields).length === 0) return { line, key, kind: 'unchanged' };
  return { line, key, kind: 'change', fields, before };
}

function creation(row: SheetRow, channel: KnownChannel | undefined): Step | string {
  const { key, line, action } = row;
  if (action === 'delete' || action === 'move') return `there is no video ${key}`;
  if (!channel) return `there is no video ${key}: a new one needs a channel`;
  if (channel.isArchived) return `the channel ${channel.handle} is archived and takes no more videos`;
  return { line, key, kind: 'create', channel: channel.handle, fields: { ...fieldsOf(row), title: row.title ?? key } };
}

function fieldsOf({ title, source, duration, published }: SheetRow): VideoChanges {
  const fields = { title, sourceUrl: source, durationSeconds: duration, publishedAt: published };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
