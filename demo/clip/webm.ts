// Writes a WebM file: EBML elements (RFC 8794) in the order that players like best, with a duration and an index of
// key frames, so that it loops and seeks from the first byte on. https://www.matroska.org/technical/elements.html

export type Frame = { startMs: number; isKey: boolean; data: Uint8Array };
export type Track = { codec: 'V_VP8' | 'V_VP9'; width: number; height: number; durationMs: number };

/** A file with one video track; each key frame starts a cluster. The first frame has to be one. */
export function writeWebm(track: Track, frames: Frame[]): Buffer {
  const clusters = clustersOf(frames);
  const head = Buffer.concat([segmentInfo(track), tracks(track)]);
  // The index stands before what it points to; its entries have a fixed width, so its own length is known.
  const cues = (offset: number) => cueIndex(clusters, offset);
  const firstCluster = head.length + cues(0).length;
  const body = Buffer.concat([head, cues(firstCluster), ...clusters.map(({ bytes }) => bytes)]);
  return Buffer.concat([ebmlHeader(), element('18538067', body)]);
}

type Cluster = { startMs: number; bytes: Buffer };

function clustersOf(frames: Frame[]): Cluster[] {
  const groups: Frame[][] = [];
  for (const frame of frames) {
    if (frame.isKey) groups.push([]);
    groups.at(-1)?.push(frame);
  }
  return groups.map((group) => {
    const startMs = group[0]?.startMs ?? 0;
    const blocks = group.map((frame) => simpleBlock(frame, startMs));
    return { startMs, bytes: element('1F43B675', element('E7', uint(startMs)), ...blocks) };
  });
}

function simpleBlock({ startMs, isKey, data }: Frame, clusterStartMs: number): Buffer {
  const head = Buffer.from([0x81, 0, 0, isKey ? 0x80 : 0]);
  head.writeInt16BE(startMs - clusterStartMs, 1);
  return element('A3', head, data);
}

function ebmlHeader(): Buffer {
  return element(
    '1A45DFA3',
    element('4286', uint(1)),
    element('42F7', uint(1)),
    element('42F2', uint(4)),
    element('42F3', uint(8)),
    element('4282', Buffer.from('webm')),
    element('4287', uint(4)),
    element('4285', uint(2)),
  );
}

function segmentInfo({ durationMs }: Track): Buffer {
  const duration = Buffer.alloc(8);
  duration.writeDoubleBE(durationMs);
  const app = Buffer.from('Boxoffice');
  // A tick is a million nanoseconds: times are in milliseconds.
  return element(
    '1549A966',
    element('2AD7B1', uint(1_000_000)),
    element('4489', duration),
    element('4D80', app),
    element('5741', app),
  );
}

function tracks({ codec, width, height }: Track): Buffer {
  const size = element('E0', element('B0', uint(width)), element('BA', uint(height)));
  const ids = [element('D7', uint(1)), element('73C5', uint(1)), element('83', uint(1)), element('9C', uint(0))];
  return element('1654AE6B', element('AE', ...ids, element('86', Buffer.from(codec)), size));
}

function cueIndex(clusters: Cluster[], firstOffset: number): Buffer {
  let offset = firstOffset;
  const points = clusters.map(({ startMs, bytes }) => {
    const position = element('B7', element('F7', uint(1)), element('F1', uint(offset)));
    offset += bytes.length;
    return element('BB', element('B3', uint(startMs)), position);
  });
  return element('1C53BB6B', ...points);
}

/** An element: its id in hex, its length in eight bytes, its content. */
function element(id: string, ...content: Uint8Array[]): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(content.reduce((sum, { length }) => sum + length, 0)));
  length[0] = 0x01;
  return Buffer.concat([Buffer.from(id, 'hex'), length, ...content]);
}

function uint(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
