// The headers that tell browsers what an answer may do, of every answer. docs/security.md says why each is as it is.

export type Setting = {
  /** Whether browsers reach this server by https, as BASE_URL says. */
  isHttps: boolean;
  /** Whether pages are compiled as they are asked for, which takes `eval` and a socket of the compiler's own. */
  isDevelopment: boolean;
};

type Headers = Record<string, string>;

// What other people's pages load from here: the rest is for this server's own pages.
const embedded = /^\/(embed|badge|api\/views|api\/videos)(\/|$)/;
const publicFile = /^\/[^/]+\.(js|webm|svg|ico)$/;

/** Those of the answer at a path. `nonce` is what the page's own scripts carry; anew for each answer. */
export function securityHeaders(path: string, nonce: string, setting: Setting): Headers {
  const isForOthers = embedded.test(path) || publicFile.test(path);
  return {
    'content-security-policy': policyOf(path, nonce, setting),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-resource-policy': isForOthers ? 'cross-origin' : 'same-origin',
    ...documentHeaders(path),
    ...(setting.isHttps ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

/** What only pages do. The answers of the view endpoint come by the thousand a second and are as small as they can be. */
function documentHeaders(path: string): Headers {
  if (path.startsWith('/api/')) return {};
  const permissions = 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()';
  const own = { 'cross-origin-opener-policy': 'same-origin', 'x-frame-options': 'DENY' };
  return { 'permissions-policy': permissions, ...(path.startsWith('/embed/') ? {} : own) };
}

function policyOf(path: string, nonce: string, { isDevelopment }: Setting): string {
  // An image of ours that is opened as a page, and what is no page at all, runs nothing.
  if (/^\/(api|badge)\//.test(path)) return "default-src 'none'; frame-ancestors 'none'";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    // The player's controls bring theirs as elements without a nonce, charts as attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    // A video's source is wherever its owner keeps it.
    'media-src * blob:',
    `connect-src 'self'${isDevelopment ? ' ws: wss:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-src 'none'",
    path.startsWith('/embed/') ? 'frame-ancestors *' : "frame-ancestors 'none'",
  ].join('; ');
}
