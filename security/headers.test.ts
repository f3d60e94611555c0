import { describe, expect, test } from 'vitest';
import { securityHeaders } from './headers.ts';

const production = { isHttps: true, isDevelopment: false };
const of = (path: string, setting = production) => securityHeaders(path, 'n0nce', setting);
const policy = (path: string, setting = production) => of(path, setting)['content-security-policy'];

describe('content security policy', () => {
  test('pages run scripts of this server and of their nonce, no others', () => {
    expect(policy('/videos/tide')).toContain("script-src 'self' 'nonce-n0nce';");
    expect(policy('/videos/tide')).toContain(
      "object-src 'none'; base-uri 'none'; form-action 'self'; frame-src 'none'",
    );
    expect(policy('/', { ...production, isDevelopment: true })).toContain(
      "script-src 'self' 'nonce-n0nce' 'unsafe-eval';",
    );
  });

  test('only the embedded player stands in other pages', () => {
    expect(policy('/embed/tide')).toContain('frame-ancestors *');
    for (const path of ['/', '/videos/tide', '/embed', '/embedded', '/watch/tide', '/badge/tide.svg', '/api/live'])
      expect([path, policy(path)]).toEqual([path, expect.stringContaining("frame-ancestors 'none'")]);
  });

  test('images and data that are opened by themselves run nothing', () => {
    for (const path of ['/badge/tide.svg', '/api/videos/tide/count', '/api/views', '/api/live'])
      expect(policy(path)).toMatch(/^default-src 'none';/);
  });
});

test('X-Frame-Options and Cross-Origin-Opener-Policy say the same of pages, nothing of the embedded player', () => {
  expect(of('/')).toMatchObject({ 'x-frame-options': 'DENY', 'cross-origin-opener-policy': 'same-origin' });
  expect(Object.keys(of('/embed/tide'))).not.toContain('x-frame-options');
  expect(Object.keys(of('/embed/tide'))).not.toContain('cross-origin-opener-policy');
});

test('Cross-Origin-Resource-Policy lets other sites load what is for them, and nothing else', () => {
  const policyOf = (path: string) => of(path)['cross-origin-resource-policy'];
  const forOthers = ['/player.js', '/clip.webm', '/embed/a', '/badge/a.svg', '/api/views', '/api/videos/a/count'];
  for (const path of forOthers) expect([path, policyOf(path)]).toEqual([path, 'cross-origin']);
  for (const path of ['/', '/videos', '/api/live', '/metrics', '/_next/static/a.js'])
    expect([path, policyOf(path)]).toEqual([path, 'same-origin']);
});

test('Strict-Transport-Security only where BASE_URL is https', () => {
  expect(of('/')['strict-transport-security']).toBe('max-age=31536000');
  expect(Object.keys(of('/', { isHttps: false, isDevelopment: false }))).not.toContain('strict-transport-security');
});

test('Permissions-Policy is on every page, X-Content-Type-Options and Referrer-Policy on every answer', () => {
  for (const path of ['/', '/embed/a']) expect(of(path)['permissions-policy']).toContain('camera=()');
  for (const path of ['/', '/embed/a', '/api/views', '/player.js'])
    expect(of(path)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
    });
});
