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
  // What pages are sent; security/headers.ts has the headers of every answer.
  experimental: { serverActions: { bodySizeLimit: '64kb' } },
};

export default config;
