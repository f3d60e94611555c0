import { connection } from 'next/server';
import { runtime } from '#runtime.ts';

export async function ReportingZone() {
  await connection();
  return <p>All times, days and months are of the time zone {runtime().timeZone.replaceAll('_', ' ')}.</p>;
}
