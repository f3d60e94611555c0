// The matrix of server actions: who may call each, and whether that changes what is kept. An action without a row fails the test.
import { mintViewId } from '#ingest/view-id.ts';
import type { Outcome } from './ask.ts';
import { people, type Reader, readers } from './readers.ts';
import { onlyFor } from './rows.ts';
import type { World } from './world.ts';

export type ActionRow = {
  /** The page whose forms call it. */
  page(world: World): string;
  args(world: World): unknown[];
  /** The fields of the form that is the last argument. */
  form?(world: World): Record<string, string>;
  /** Who may, and what they are answered. */
  by: readonly Reader[];
  done: Outcome;
  expect(reader: Reader): Outcome;
  /** Whether a call by whoever may changes what is kept. */
  changes: boolean;
};

type Call = Omit<ActionRow, 'expect' | 'changes' | 'by' | 'done'> & { done?: Outcome; changes?: boolean };

const managesOwned = ['creator', 'admin'] as const;
const admin = ['admin'] as const;
const state = {};

function by(who: readonly Reader[], { done = 'seen', changes = true, ...call }: Call): ActionRow {
  return { ...call, by: who, done, changes, expect: onlyFor(who, done) };
}

/** What everybody may call, since it asks for something that only the right one knows: here they do not. */
function open(call: Omit<Call, 'changes'>): ActionRow {
  return by(readers, { ...call, changes: false });
}

const settings = ({ channel }: World) => `/channels/${channel}/settings`;
const edit = ({ video }: World) => `/videos/${video}/edit`;
const ofMember = ({ member }: World) => `/members/${member}`;
const settingsFile = 'app/(dashboard)/channels/[handle]/settings/actions.ts';
const accountFile = 'app/(dashboard)/account';
const verdicts = ({ video }: World) => `/videos/${video}/verdicts`;
const today = () => new Date().toISOString().slice(0, 10);

export const actionRows: Record<string, ActionRow> = {
  'app/sign-out.ts signOutHere': by(readers, {
    ...{ page: () => '/account', args: () => [], done: 'asked to sign in', changes: false },
  }),
  'app/(accounts)/forgot/ask-for-link.ts askForLink': open({
    ...{ page: () => '/forgot', args: () => [state], form: ({ mark }) => ({ email: `nobody-${mark}@example.com` }) },
  }),
  'app/(accounts)/join/[token]/join-here.ts joinHere': open({
    ...{
      page: () => '/join/none',
      args: () => ['none', state],
      form: () => ({ name: 'Eve', password: 'a password of Eve' }),
    },
  }),
  'app/(accounts)/reset/[token]/reset-here.ts resetHere': open({
    ...{ page: () => '/reset/none', args: () => ['none', state], form: () => ({ password: 'a password of Eve' }) },
  }),
  'app/(accounts)/sign-in/actions.ts signInHere': open({
    ...{ page: () => '/sign-in', args: () => [state] },
    form: ({ mark }) => ({ email: `nobody-${mark}@example.com`, password: 'a password of Eve' }),
  }),
  'app/(accounts)/sign-in/actions.ts sendCode': {
    ...open({ page: () => '/sign-in/code', args: () => [state], form: () => ({ code: '123456' }) }),
    // Nothing waits for a code of theirs.
    expect: (reader) => ((people as readonly Reader[]).includes(reader) ? 'led on' : 'seen'),
  },

  [`${accountFile}/actions.ts renameHere`]: by(people, {
    ...{ page: () => '/account', args: () => [state], form: ({ mark }) => ({ name: `Named ${mark}` }) },
  }),
  [`${accountFile}/actions.ts changePasswordHere`]: by(people, {
    ...{ page: () => '/account', args: () => [state], changes: false },
    form: () => ({ current: 'not the password', next: 'another horse battery' }),
  }),
  [`${accountFile}/actions.ts endOtherSessionsHere`]: by(people, { page: () => '/account', args: () => [] }),
  [`${accountFile}/second-factor-actions.ts beginHere`]: by(people, {
    ...{ page: () => '/account', args: () => [state], form: () => ({ password: 'not the password' }), changes: false },
  }),
  [`${accountFile}/second-factor-actions.ts confirmHere`]: by(people, {
    ...{ page: () => '/account', args: () => [state], form: () => ({ code: '123456' }), changes: false },
  }),
  [`${accountFile}/second-factor-actions.ts endHere`]: by(people, {
    ...{ page: () => '/account', args: () => [state], form: () => ({ password: 'not the password' }), changes: false },
  }),

  'app/(dashboard)/channels/create-channel.ts createChannel': by(admin, {
    ...{ page: () => '/channels', args: () => [state], done: 'led on' },
    form: ({ mark }) => ({ handle: `new-${mark}`, name: 'New' }),
  }),
  [`${settingsFile} rename`]: by(managesOwned, {
    ...{ page: settings, args: ({ channel }) => [channel, state] },
    form: ({ channel, mark }) => ({ handle: channel, name: `Renamed ${mark}` }),
  }),
  [`${settingsFile} addSite`]: by(managesOwned, {
    ...{ page: settings, args: ({ channel }) => [channel, state], form: () => ({ site: 'added.example' }) },
  }),
  [`${settingsFile} removeSite`]: by(managesOwned, { page: settings, args: ({ channel }) => [channel, 'example.com'] }),
  [`${settingsFile} setCounting`]: by(managesOwned, {
    ...{
      page: settings,
      args: ({ channel }) => [channel, state],
      form: () => ({ firstViews: '25', members: 'counted' }),
    },
  }),
  [`${settingsFile} setArchived`]: by(managesOwned, { page: settings, args: ({ channel }) => [channel, true] }),
  [`${settingsFile} addMember`]: by(admin, {
    ...{ page: settings, args: ({ channel }) => [channel, state], form: () => ({ email: 'dee@example.com' }) },
  }),
  [`${settingsFile} removeMember`]: by(admin, { page: settings, args: ({ channel }) => [channel, 'cy@example.com'] }),

  'app/(dashboard)/videos/new/create-video.ts createVideo': by(managesOwned, {
    ...{ page: () => '/videos/new', args: () => [state], done: 'led on' },
    form: ({ channel, mark }) => ({ channel, key: `new-${mark}`, title: 'New' }),
  }),
  'app/(dashboard)/videos/many/send-sheet.ts sendSheet': by(['creator', 'other creator', 'admin'], {
    ...{ page: () => '/videos/many', args: () => [state], changes: false },
    form: ({ video }) => ({ text: `key,title\n${video},Taken\n`, do: 'apply', agreement: 'none' }),
  }),
  'app/(dashboard)/videos/[key]/edit/actions.ts editVideo': by(managesOwned, {
    ...{ page: edit, args: ({ video }) => [video, state], form: ({ mark }) => ({ title: `Edited ${mark}` }) },
  }),
  'app/(dashboard)/videos/[key]/edit/actions.ts moveToChannel': by(managesOwned, {
    ...{ page: edit, args: ({ video }) => [video, state], form: ({ second }) => ({ channel: second }) },
  }),
  'app/(dashboard)/videos/[key]/edit/actions.ts undo': by(managesOwned, { page: edit, args: ({ merged }) => [merged] }),
  'app/(dashboard)/videos/[key]/merge/merge-into.ts mergeInto': by(managesOwned, {
    ...{
      page: ({ video }) => `/videos/${video}/merge`,
      args: ({ video, sibling }) => [video, sibling],
      done: 'led on',
    },
  }),
  'app/(dashboard)/videos/[key]/delete/delete-for-good.ts deleteForGood': by(managesOwned, {
    ...{ page: ({ video }) => `/videos/${video}/delete`, args: ({ video }) => [video, state], done: 'led on' },
    form: ({ video }) => ({ key: video }),
  }),
  'app/(dashboard)/videos/[key]/opening/enter-count.ts enterCount': by(managesOwned, {
    ...{ page: ({ video }) => `/videos/${video}/opening`, args: ({ video }) => [video, state] },
    form: () => ({ views: '12', source: 'Another' }),
  }),
  'app/(dashboard)/videos/[key]/verdicts/change.ts change': by(managesOwned, {
    ...{ page: verdicts, done: 'led on' },
    args: ({ video }) => [
      video,
      { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z', verdict: 'bot', why: 'A flood.' },
    ],
  }),
  'app/(dashboard)/videos/[key]/verdicts/reverse.ts reverse': by(managesOwned, {
    ...{ page: verdicts, args: ({ video, verdict }) => [video, verdict], done: 'led on' },
  }),
  'app/(dashboard)/opening/enter-sheet.ts enterSheet': by(['creator', 'other creator', 'admin'], {
    ...{ page: () => '/opening', args: () => [state], changes: false },
    form: ({ video }) => ({ text: `video,views\n${video},none\n`, do: 'enter' }),
  }),
  'app/(dashboard)/opening/reverse.ts reverse': by(managesOwned, {
    ...{ page: () => '/opening', args: ({ entry }) => [String(entry)] },
  }),

  'app/(dashboard)/keys/make-key.ts makeKey': by(admin, {
    ...{ page: () => '/keys', args: () => [state], form: () => ({ name: 'Made', scopes: 'views:write' }) },
  }),
  'app/(dashboard)/keys/[prefix]/revoke/revoke.ts revoke': by(admin, {
    ...{ page: ({ keyPrefix }) => `/keys/${keyPrefix}/revoke`, args: ({ keyPrefix }) => [keyPrefix] },
  }),
  'app/(dashboard)/members/actions.ts inviteHere': by(admin, {
    ...{ page: () => '/members', args: () => [state] },
    form: ({ mark }) => ({ email: `eve-${mark}@example.com`, role: 'admin' }),
  }),
  'app/(dashboard)/members/actions.ts withdrawHere': by(admin, {
    ...{ page: () => '/members', args: ({ invitation }) => [invitation] },
  }),
  'app/(dashboard)/members/[id]/actions.ts changeHere': by(admin, {
    ...{ page: ofMember, args: ({ member }) => [member, state], form: () => ({ role: 'admin' }) },
  }),
  'app/(dashboard)/members/[id]/actions.ts mintResetLinkHere': by(admin, {
    ...{ page: ofMember, args: ({ member }) => [member, state] },
  }),
  'app/(dashboard)/members/[id]/actions.ts takeSecondFactorHere': by(admin, {
    ...{ page: ofMember, args: ({ member }) => [member] },
  }),
  'app/(dashboard)/members/[id]/actions.ts removeHere': by(admin, {
    ...{ page: ofMember, args: ({ member }) => [member, state], done: 'led on' },
  }),

  'app/(dashboard)/proof/prove-day.ts daysToProve': by(['guest', 'analyst', 'admin'], {
    ...{ page: () => '/proof', args: () => [today(), today()], changes: false },
  }),
  'app/(dashboard)/proof/prove-day.ts proveDayNow': by(['guest', 'analyst', 'admin'], {
    ...{ page: () => '/proof', args: () => [today()], changes: false },
  }),
  'app/(dashboard)/watch/[key]/record-view.ts recordView': by(['guest', 'creator', 'analyst', 'admin'], {
    ...{ page: ({ video }) => `/watch/${video}`, changes: false },
    args: ({ video }) => [{ video, id: mintViewId(Date.now()), page: 'https://example.com/watch' }],
  }),
};
