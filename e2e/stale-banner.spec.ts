// What a reader is told while the rollup cannot go on.
import type { Sql } from '#db/client.ts';
import { expect, test } from './fixtures.ts';
import { person } from './import-views.ts';

test('while the rollup stands still every dashboard says since when and why, and stops once it goes on', async ({
  page,
  request,
  app,
  sql,
  makeVideo,
}) => {
  const key = await makeVideo('Low water');
  const headers = { 'user-agent': person };
  const send = () => request.post(`${app}/api/views`, { headers, data: { video: key } });
  // Without any view there is nothing to be behind with.
  await send();
  await page.goto(`${app}/videos/${key}`);
  await expect(page.getByText('People in the last hour').locator('+ p')).toHaveText('1');
  const banner = page.getByText(/^Every figure is complete to/);
  await expect(banner).toBeHidden();

  const letGo = await holdCursors(sql);
  try {
    expect(await (await send()).json()).toMatchObject({ status: 'counted' });
    for (const path of ['/', `/videos/${key}`]) {
      await page.goto(`${app}${path}`);
      await expect(banner).toHaveText(
        /complete to \d\d:\d\d, [45] min behind: the rollup is catching up\. Views are still recorded; none is lost\./,
      );
    }
    await expect(page.getByText('People in the last hour').locator('+ p')).toHaveText('1');
  } finally {
    await letGo();
  }
  // By itself, on the page that is open.
  await expect(banner).toBeHidden({ timeout: 15_000 });
  await expect(page.getByText('People in the last hour').locator('+ p')).toHaveText('2');
});

/** Locks the cursors, set back to where four minutes of it would have left them; returns what lets go of them. */
async function holdCursors(sql: Sql): Promise<() => Promise<void>> {
  const session = await sql.reserve();
  for (;;) {
    await session`update rollup_cursors set complete_to = now() - interval '4 minutes'`;
    await session`begin`;
    const [held] = await session`
      select bool_and(complete_to < now() - interval '3 minutes') as all from (select * from rollup_cursors for update) c`;
    if (held?.all) break;
    // A tick came in between.
    await session`rollback`;
  }
  return async () => {
    await session`rollback`;
    session.release();
  };
}
