// What there is to be seen and changed: a channel of the creator Cy with all that belongs to it, each time anew.
import { randomUUID } from 'node:crypto';
import { createKey } from '#accounts/create-key.ts';
import { inviteMember } from '#accounts/invitations.ts';
import type { Sql } from '#db/client.ts';
import { readZone } from '#db/reporting-zone.ts';
import type { ChannelId } from '#db/schema.ts';
import { mintViewId } from '#ingest/view-id.ts';
import { enterBalances } from '#opening/enter-balances.ts';
import { changeVerdict } from '#verdicts/change-verdict.ts';
import { mergeVideo } from '#videos/merge-video.ts';
import { person } from '../import-views.ts';

export type World = {
  /** Only of this world, in its keys and handles. */
  mark: string;
  /** In the names of its channel, videos and other rows, and in no address: whoever reads it was told of them. */
  secret: string;
  channel: string;
  channelId: ChannelId;
  /** Another one of the same creator. */
  second: string;
  video: string;
  /** Of the same channel, and merged into the video. */
  merged: string;
  /** Of the same channel. */
  sibling: string;
  /** The id of an account that nobody uses. */
  member: string;
  invitation: string;
  /** The end of the invitation's link. */
  token: string;
  keyPrefix: string;
  /** The number of an entry of opening balances of the video. */
  entry: number;
  /** The number of a changed verdict of the video. */
  verdict: number;
  /** The id of a view of the video. */
  view: string;
};

let made = 0;

export async function makeWorld(sql: Sql, app: string, owner: 'cy' | 'dee' = 'cy'): Promise<World> {
  made += 1;
  const mark = `mark-${made}-apart`;
  const secret = `Told ${randomUUID()}`;
  const names = { channel: mark, video: `video-${mark}`, merged: `merged-${mark}`, sibling: `sibling-${mark}` };
  const author = { actor: 'command', now: new Date() } as const;
  const [{ id: channelId }] = await sql<[{ id: ChannelId }]>`
    insert into channels (handle, name) values (${names.channel}, ${secret}) returning id::float8 as id`;
  await sql`insert into channel_members (channel_id, user_id) values (${channelId}, ${owner})`;
  const second = `second-${mark}`;
  await sql`
    with made as (insert into channels (handle, name) values (${second}, ${secret}) returning id)
    insert into channel_members (channel_id, user_id) select id, ${owner} from made`;
  await sql`insert into allowed_origins (channel_id, pattern) values (${channelId}, 'example.com')`;
  for (const key of [names.video, names.sibling, names.merged]) {
    await sql`
      insert into videos (key, channel_id, title, source_url)
      values (${key}, ${channelId}, ${`${secret} ${key}`}, '/clip.webm')`;
  }
  await mergeVideo(sql, names.merged, names.video, author);
  const member = `member-${mark}`;
  await sql`
    insert into users (id, name, email, role, two_factor_enabled)
    values (${member}, ${secret}, ${`${mark}@example.com`}, 'analyst', true)`;
  await sql`insert into two_factors (id, secret, backup_codes, user_id) values (${member}, '', '', ${member})`;
  const invitation = `invited-${mark}@example.com`;
  const invited = await inviteMember(sql, { email: invitation, role: 'analyst', channels: [] }, author);
  const key = { name: secret, scopes: ['views:write' as const], channelIds: [channelId], expiresAt: null };
  const { prefix: keyPrefix } = await createKey(sql, key, author);
  const balance = { video: names.video, views: 7, source: secret };
  const entered = await enterBalances(sql, [balance], { whose: null, author, today: '2026-11-01' });
  const span = { from: new Date('2026-02-01T00:00Z'), to: new Date('2026-02-02T00:00Z') };
  const flood = { video: names.video, ...span, verdict: 'bot', why: secret } as const;
  const changed = await changeVerdict(sql, flood, author, await readZone(sql));
  if (changed.status !== 'changed' || entered.status !== 'entered' || invited.status !== 'invited')
    throw new Error('The world could not be made.');
  return {
    mark,
    secret,
    ...names,
    channelId,
    second,
    member,
    invitation,
    token: invited.token,
    keyPrefix,
    entry: entered.entry,
    verdict: changed.id,
    view: await view(app, names.video),
  };
}

/** What the actions of managing can change, as one text: two are alike where nothing was changed. */
export async function fingerprint(sql: Sql): Promise<string> {
  const [{ all }] = await sql<[{ all: string }]>`
    select concat_ws(' ',
      (select md5(string_agg(t::text, '' order by t::text)) from (select id, name, email, role, two_factor_enabled from users) t),
      (select md5(string_agg(t::text, '' order by t::text)) from credentials t),
      (select md5(string_agg(t::text, '' order by t::text)) from two_factors t),
      (select md5(string_agg(t::text, '' order by t::text)) from account_links t),
      (select md5(string_agg(t::text, '' order by t::text)) from (select prefix, name, scopes, channel_ids, expires_at, revoked_at from api_keys) t),
      (select md5(string_agg(t::text, '' order by t::text)) from channels t),
      (select md5(string_agg(t::text, '' order by t::text)) from channel_members t),
      (select md5(string_agg(t::text, '' order by t::text)) from allowed_origins t),
      (select md5(string_agg(t::text, '' order by t::text)) from videos t),
      (select md5(string_agg(t::text, '' order by t::text)) from opening_balances t),
      (select md5(string_agg(t::text, '' order by t::text)) from verdict_changes t),
      (select md5(string_agg(t::text, '' order by t::text)) from (select token from sessions where expires_at > now()) t)) as all`;
  return all;
}

/** Sends two views of a person, one of which no site of the channel has sent. Returns the id of the other. */
async function view(app: string, video: string): Promise<string> {
  const id = mintViewId(Date.now());
  const sent = (origin: string, body: Record<string, string>) =>
    fetch(`${app}/api/views`, {
      method: 'POST',
      headers: { origin, 'user-agent': person },
      body: JSON.stringify(body),
    });
  await sent('https://elsewhere.example', { video });
  const answer = await sent('https://example.com', { video, id });
  if (!(await answer.text()).includes('"counted"')) throw new Error('The view was not counted.');
  return id;
}
