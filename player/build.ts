// Bundles the player to public/player.js, and refuses to let it grow beyond what a page should load for being counted.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const maxGzippedBytes = 3_072;

const folder = import.meta.dirname;
const outfile = path.join(folder, '../public/player.js');

const { outputFiles } = await build({
  entryPoints: [path.join(folder, 'main.ts')],
  outfile,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2019',
  legalComments: 'none',
  write: false,
});
const code = outputFiles[0]?.contents ?? new Uint8Array();
const gzippedBytes = gzipSync(code, { level: 9 }).length;

console.log(`public/player.js: ${code.length} bytes, ${gzippedBytes} gzipped (${maxGzippedBytes} at most)`);
if (gzippedBytes > maxGzippedBytes)
  throw new Error('The player is too large: pages load it for nothing but being counted.');
await mkdir(path.dirname(outfile), { recursive: true });
await writeFile(outfile, code);
