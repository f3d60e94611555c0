// "Explain this number": what it counts, where it was read, what was not counted, what proves it, and the first rows behind it.
import type { Scope } from '#accounts/may.ts';
import type { Db } from '#db/client.ts';
import { shiftDay } from '#db/day.ts';
import { channelByHandle } from './channel-by-handle.ts';
import type { ExplainedFigure, FigureOwner, FigureTime } from './explain-address.ts';
import { figureCounts } from './explain-figure.ts';
import { type LogBehind, logBehind, withoutOthers } from './explain-log.ts';
import { type ExplainedOpening, explainedOpening } from './explain-opening.ts';
import { proofOf, type SpanProof } from './explain-proof.ts';
import { type Refusals, refusalsIn } from './explain-refusals.ts';
import { type Span, spanOf } from './explain-span.ts';
import { type Freshness, freshness } from './freshness.ts';
import { isDropped } from './is-dropped.ts';
import { readWithin } from './read-within.ts';
import { inSnapshot } from './snapshot.ts';
import { storedZone } from './stored-zone.ts';
import { type Counts, type Grain, type Subject, tableNameOf } from './subject.ts';
import { videoByKey } from './video-by-key.ts';

export type Explanation =
  | {
      status: 'explained';
      figure: ExplainedFigure;
      /** Undefined for all channels of the scope. */
      name: string | undefined;
      counts: Counts;
      table: string;
      grain: Grain;
      span: Span;
      freshness: Freshness;
      /** Undefined where adding them up took too long. */
      refusals: Refusals | undefined;
      proof: SpanProof;
      /** What other products had counted, beside `counts`. */
      opening: ExplainedOpening;
      log: LogBehind;
    }
  /** What it was read from was dropped for its age; `instead` are the days that hold its views. */
  | { status: 'dropped'; figure: ExplainedFigure; name: string | undefined; table: string; instead: FigureTime }
  | { status: 'unknown'; owner: FigureOwner };

export type Explained = Extract<Explanation, { status: 'explained' }>;

const refusalsBudgetMs = 2_000;

/** Explains a figure as of one moment, to a reader of the scope's channels: what is beyond them is unknown. */
export async function explain(
  db: Db,
  scope: Scope,
  figure: ExplainedFigure,
  now: Date,
  timeZone: string,
): Promise<Explanation> {
  const found = await findOwner(db, scope, figure.owner);
  if (!found) return { status: 'unknown', owner: figure.owner };
  const { subject, name } = found;
  const { time } = figure;
  const zone = await storedZone(db, timeZone);
  const span = spanOf(time, zone);
  const table = tableNameOf(subject, time.unit);
  return inSnapshot(db, async (snapshot) => {
    // Days and above never are.
    if (await isDropped(snapshot, [table], span)) {
      const instead = { unit: 'day', from: span.firstDay, to: shiftDay(span.lastDay, 1) } as const;
      return { status: 'dropped', figure, name, table, instead };
    }
    const counts = await figureCounts(snapshot, subject, time, now, timeZone);
    return {
      status: 'explained',
      ...{ figure, name, counts, table, grain: time.unit, span },
      freshness: await freshness(snapshot, now),
      proof: await proofOf(snapshot, scope, span),
      opening: await explainedOpening(snapshot, subject, time.unit, span),
      refusals: await readWithin(snapshot, refusalsBudgetMs, (within) => refusalsIn(within, subject, time.unit, span)),
      log: withoutOthers(scope, await logBehind(snapshot, subject, time, span, counts, zone)),
    };
  });
}

/** Whose number it is; undefined where there is no such video or channel within the scope. */
export async function findOwner(
  db: Db,
  scope: Scope,
  { video: key, channel: handle }: FigureOwner,
): Promise<{ subject: Subject; name: string | undefined } | undefined> {
  if (key !== undefined) {
    const video = await videoByKey(db, scope, key);
    return video && { subject: { video: video.id }, name: video.title };
  }
  if (handle === undefined) return { subject: { channels: scope }, name: undefined };
  const channel = await channelByHandle(db, scope, handle);
  return channel && { subject: { channel: channel.id }, name: channel.name };
}
