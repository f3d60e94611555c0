import { defineConfig } from 'vitest/config';
import { quickStart } from './test/quick-start.ts';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '.next/**', 'e2e/**'],
    globalSetup: './test/global-setup.ts',
    env: { TZ: 'UTC', ...quickStart },
    // Files share a process, so that modules are loaded once and not 136 times: what a file replaces, it puts back.
    isolate: false,
    // More share the two cores of a small machine for nothing.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
