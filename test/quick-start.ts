import path from 'node:path';

const root = path.join(import.meta.dirname, '..');

/** The environment of the many processes that tests start: what they compiled is kept, and their imports are quick. */
export const quickStart = {
  NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/compiled'),
  NODE_OPTIONS: `--import ${path.join(root, 'quick-imports.ts')}`,
};
