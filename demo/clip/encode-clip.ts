// Runs in the browser: draws each frame and has it encoded, one after the other rather than in real time.
import { drawFrame } from './draw-frame.ts';

export type EncodedFrame = { startMs: number; isKey: boolean; base64: string };
export type ClipShape = {
  width: number;
  height: number;
  seconds: number;
  framesPerSecond: number;
  bitsPerSecond: number;
};

declare global {
  var encodeClip: (shape: ClipShape) => Promise<EncodedFrame[]>;
}

globalThis.encodeClip = async ({ width, height, seconds, framesPerSecond, bitsPerSecond }) => {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser has no canvas.');
  const frames: EncodedFrame[] = [];
  const encoder = new VideoEncoder({
    output: (chunk) => frames.push(read(chunk)),
    error: (problem) => {
      throw problem;
    },
  });
  encoder.configure({ codec: 'vp09.00.10.08', width, height, bitrate: bitsPerSecond, framerate: framesPerSecond });
  for (let i = 0; i < seconds * framesPerSecond; i++) {
    drawFrame(context, i / framesPerSecond, seconds, framesPerSecond);
    const frame = new VideoFrame(canvas, { timestamp: Math.round((i * 1_000_000) / framesPerSecond) });
    // A key frame a second: that is how finely the clip can be sought.
    encoder.encode(frame, { keyFrame: i % framesPerSecond === 0 });
    frame.close();
  }
  await encoder.flush();
  return frames;
};

function read(chunk: EncodedVideoChunk): EncodedFrame {
  const bytes = new Uint8Array(chunk.byteLength);
  chunk.copyTo(bytes);
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return { startMs: Math.round(chunk.timestamp / 1_000), isKey: chunk.type === 'key', base64 };
}
