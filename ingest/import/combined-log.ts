// The access logs of Apache and nginx, "combined" (with referrer and user agent) or "common".
import { type ReadLine, rejectLine } from './line-fields.ts';

const quoted = '"((?:[^"\\\\]|\\\\.)*)"';
export const combinedLine = new RegExp(
  `^(\\S+) \\S+ .*?\\[([^\\]]+)\\] ${quoted} (\\d{3}) (?:\\d+|-)(?: ${quoted} ${quoted})?`,
);

/**
 * Takes the key out of the path of successful GET requests by the first group of `videoPattern`; other lines are skipped.
 * The page that sent the request is where the video is embedded. A viewer is address and browser of one day, as
 * everywhere without a device id.
 */
export function combinedReader(videoPattern: RegExp): ReadLine {
  return (line) => {
    const found = combinedLine.exec(line);
    if (!found) return rejectLine('unreadable', 'is not a line of a combined log');
    const [, address, time = '', request = '', status, page, userAgent] = found;
    const [method, path = ''] = request.split(' ');
    const key = videoPattern.exec(path)?.[1];
    if (method !== 'GET' || (status !== '200' && status !== '206') || !key) return 'skipped';
    const day = time.slice(0, 11);
    return {
      time,
      video: decode(key),
      viewer: `${day}\n${address}\n${userAgent ?? ''}`,
      ...(page && page !== '-' && { page: unescapeQuotes(page) }),
      // The log knows that none was sent: that is what bots do. A common log does not know.
      ...(userAgent !== undefined && { user_agent: userAgent === '-' ? '' : unescapeQuotes(userAgent) }),
    };
  };
}

function decode(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** nginx writes a quote as \x22, Apache as \". */
function unescapeQuotes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\x([0-9A-Fa-f]{2})|\\(.)/g, (_, hex: string | undefined, character: string | undefined) =>
    hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (character ?? ''),
  );
}
