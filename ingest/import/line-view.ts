// Decides over one line: the view in it, or why there is none.
import { anonymousViewer } from '../daily-salt.ts';
import { maxClockSkewMs } from '../screen.ts';
import { viewedAtOf } from '../view-id.ts';
import type { HistoricView } from './historic-view.ts';
import { type LineFields, type LineRejection, type ReadLine, rejectLine } from './line-fields.ts';
import { type LineIds, namedId } from './line-id.ts';
import type { ReadTime } from './line-time.ts';
import { videoKeyOf } from './video-key.ts';

export type LineView = HistoricView & {
  video: string;
  title: string;
  /** As the line has them: what a video cannot have is left out when it is made. */
  source?: string;
  duration?: string;
};

export type LineRules = {
  readLine: ReadLine;
  readTime: ReadTime;
  idOf: LineIds;
  salt: string;
  /** Milliseconds since the epoch. */
  clock: () => number;
};

// Before video was on the web a time is a sign of the wrong notation, and would make a partition of its own.
const earliest = Date.UTC(1995, 0, 1);
const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** `text` is the line without its line end. */
export function viewOfLine(text: string, rules: LineRules): LineView | LineRejection | 'skipped' {
  const fields = rules.readLine(text);
  if (fields === 'skipped' || 'rejected' in fields) return fields;
  const id = idOf(text, fields, rules);
  if (typeof id !== 'string') return id;
  const { video: name, country } = fields;
  if (!name) return rejectLine('invalid_video', 'has no video');
  const video = videoKeyOf(name);
  if (!video) return rejectLine('invalid_video', `${quote(name)} is no key: 1 to 128 of A-Z a-z 0-9 _ ~ . -`);
  if (country && !/^[A-Za-z]{2}$/.test(country)) {
    return rejectLine('invalid_country', `${quote(country)} is no country code of two letters`);
  }
  return {
    id,
    video,
    title: fields.title ?? name,
    source: fields.source,
    duration: fields.duration,
    // Without a viewer nothing is known of who it was: every line is somebody else.
    viewer: anonymousViewer(rules.salt, fields.viewer ?? id, 'import'),
    page: fields.page,
    referrer: fields.referrer,
    userAgent: fields.user_agent,
    country: country?.toUpperCase(),
  };
}

/** A UUIDv7 is taken as it is, with its time; another id, or else the whole line, is hashed. */
function idOf(text: string, { id, time }: LineFields, rules: LineRules): string | LineRejection {
  const isReady = id !== undefined && uuidV7.test(id);
  if (!isReady && time === undefined) return rejectLine('invalid_time', 'has no time');
  const at = isReady ? viewedAtOf(id) : rules.readTime(time ?? '');
  if (at === undefined) return rejectLine('invalid_time', `${quote(time ?? '')} is no time`);
  if (at < earliest) return rejectLine('invalid_time', `${new Date(at).toISOString()} is before 1995`);
  if (at > rules.clock() + maxClockSkewMs) {
    return rejectLine('in_future', `${printTime(at)} has not come yet`);
  }
  if (isReady) return id.toLowerCase();
  return id === undefined ? rules.idOf(text, at) : namedId(id, at);
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

function printTime(at: number): string {
  return at < 8.64e15 ? new Date(at).toISOString() : String(at);
}
