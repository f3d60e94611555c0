import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  images: { unoptimized: true },
  // One instance of each in the process: server.ts and the pages share their pools and symbols.
  serverExternalPackages: ['postgres', 'drizzle-orm', 'pino'],
  // `npm run check` checks types, tests included; a build is what an operator waits for.
  typescript: { ignoreBuildErrors: true },
  agentRules: false,
  devIndicators: false,
  // The address that npm run dev prints; Next trusts only `localhost` by itself.
  allowedDevOrigins: ['127.0.0.1'],
  async headers() {
    return [
      {
        source: '/:path*',
        headers: [
          { key: 'X-Content-Type-Options', value: 'nosniff' },
          { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
        ],
      },
      // Only the embedded player may stand in other people's pages.
      {
        source: '/((?!embed/).*)',
        headers: [{ key: 'Content-Security-Policy', value: "frame-ancestors 'none'" }],
      },
      { source: '/embed/:key', headers: [{ key: 'Content-Security-Policy', value: 'frame-ancestors *' }] },
    ];
  },
};

export default config;
