import type { Metadata } from 'next';
import { permit } from '#app/permit.ts';
import { byteText } from '#components/byte-text.ts';
import { counted, exact } from '#components/number-text.ts';
import { PageHeader } from '#components/page-header.tsx';
import { Panel } from '#components/panel.tsx';
import { retention } from '#reports/retention.ts';
import { planRetention } from '#rollups/retention-plan.ts';
import { runtime } from '#runtime.ts';
import { HoldingTable } from './holding-table.tsx';
import { ReceiptTable } from './receipt-table.tsx';

export const metadata: Metadata = { title: 'Retention' };

export default async function RetentionPage() {
  await permit('installation:operate');
  return (
    <>
      <PageHeader title="Retention" />
      <Panel title="What is kept" height="h-[40rem]">
        <Kept now={new Date()} />
      </Panel>
    </>
  );
}

async function Kept({ now }: { now: Date }) {
  const { db, policies, timeZone } = runtime();
  const [{ holdings, archives, receipts }, planned] = await Promise.all([
    retention(db, policies, now),
    planRetention(db.$client, policies, timeZone),
  ]);
  return (
    <div className="grid gap-8">
      <HoldingTable holdings={holdings} policies={policies} planned={planned} now={now} />
      <p>
        {archives.days === 0
          ? 'No day of the log was archived yet.'
          : `${counted(archives.days, 'archived day', 'archived days')} of the log, ${exact(archives.views)} views, ${byteText(archives.bytes)} in files.`}
        {archives.daysWithoutFile > 0 &&
          ` ${counted(archives.daysWithoutFile, 'day has', 'days have')} no file, because ARCHIVE_DIR was not set.`}
        <span className="text-muted"> Counts by the day, the month and for all time stay whatever is dropped.</span>
      </p>
      {receipts.length > 0 && <ReceiptTable receipts={receipts} timeZone={timeZone} />}
    </div>
  );
}
