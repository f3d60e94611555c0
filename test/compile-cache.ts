import path from 'node:path';

/** Where the many processes that tests start keep what they compiled: it is a third of a command's time. */
export const compileCache = path.join(import.meta.dirname, '../node_modules/.cache/compiled');
