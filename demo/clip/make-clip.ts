// Makes public/clip.webm, the clip of the demo and the tests: node demo/clip/make-clip.ts
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from '@playwright/test';
import bundledChromium from '@sparticuz/chromium';
import { build } from 'esbuild';
import type { ClipShape } from './encode-clip.ts';
import { writeWebm } from './webm.ts';

const shape: ClipShape = { width: 640, height: 360, seconds: 6, framesPerSecond: 24, bitsPerSecond: 160_000 };

const folder = import.meta.dirname;
const { outputFiles } = await build({ entryPoints: [path.join(folder, 'encode-clip.ts')], bundle: true, write: false });
const browser = await chromium.launch({
  executablePath: await bundledChromium.executablePath(),
  args: ['--no-sandbox'],
});
const page = await browser.newPage();
// Encoders are given to secure origins only, and localhost is one.
await page.route('http://localhost/', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
await page.goto('http://localhost/');
await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
const encoded = await page.evaluate((wanted) => encodeClip(wanted), shape);
await browser.close();

const { width, height, seconds } = shape;
const frames = encoded.map(({ base64, ...frame }) => ({ ...frame, data: Buffer.from(base64, 'base64') }));
const clip = writeWebm({ codec: 'V_VP9', width, height, durationMs: seconds * 1_000 }, frames);
await writeFile(path.join(folder, '../../public/clip.webm'), clip);
console.log(`public/clip.webm: ${frames.length} frames, ${clip.length} bytes`);
