import { notFound } from 'next/navigation';
import { breakdownFile } from '#app/breakdown-file.ts';
import { permitReport } from '#app/report-scope.ts';
import { channelByHandle } from '#reports/channel-by-handle.ts';
import { runtime } from '#runtime.ts';

/** Views of a channel by one dimension as CSV. */
export async function GET(request: Request, { params }: { params: Promise<{ handle: string }> }): Promise<Response> {
  const scope = await permitReport(request);
  const channel = (await channelByHandle(runtime().db, scope, (await params).handle)) ?? notFound();
  return breakdownFile(request, { channel: channel.id }, channel.handle);
}
