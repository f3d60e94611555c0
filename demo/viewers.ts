// Who watches: people with real browsers on their devices, regulars among them, and a few crawlers.
import { channels, type DemoVideo } from './catalogue.ts';
import { pick, type Random, randomUuidOf, seededRandom } from './random.ts';

export type DemoVisit = {
  userAgent: string;
  /** Crawlers keep none. */
  device: string | undefined;
  page: string;
  referrer: string | undefined;
  isMuted: boolean;
};

const botShare = 0.04;
const regularShare = 0.35;
const regularsPerChannel = 2_500;

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)';
const android = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)';
const browsers: readonly (readonly [string, number])[] = [
  [`${android} Chrome/142.0.0.0 Mobile Safari/537.36`, 30],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1',
    24,
  ],
  [`${windows} Chrome/142.0.0.0 Safari/537.36`, 19],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15',
    8,
  ],
  [`${windows} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`, 6],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0', 4],
  [`${android} SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36`, 4],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 2],
  [
    'Mozilla/5.0 (iPad; CPU OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1',
    3,
  ],
];
const crawlers: readonly (readonly [string, number])[] = [
  ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 5],
  ['Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)', 3],
  ['Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)', 1],
  ['Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)', 1],
];
const referrers: readonly (readonly [string | undefined, number])[] = [
  [undefined, 46],
  ['https://search.example/', 27],
  ['https://social.example/', 17],
  ['https://newsletter.example/', 6],
  ['https://chat.example/', 4],
];

type Person = { userAgent: string; device: string };

const sites = new Map(channels.map((channel) => [channel.handle, channel.sites]));
const regulars = new Map<string, Person[]>();

/** Draws visits to videos; the regulars are the same people for every generator. */
export function openViewers(random: Random): (video: DemoVideo) => DemoVisit {
  return ({ key, channel }) => {
    const page = `https://${pick(random, sites.get(channel) ?? [])}/watch/${key}`;
    if (random() < botShare) {
      return { userAgent: pick(random, crawlers), device: undefined, page, referrer: undefined, isMuted: false };
    }
    const people = regularsOf(channel);
    const regular = random() < regularShare ? people[Math.floor(random() ** 2 * people.length)] : undefined;
    return { ...(regular ?? personOf(random)), page, referrer: pick(random, referrers), isMuted: random() < 0.3 };
  };
}

function regularsOf(handle: string): Person[] {
  const known = regulars.get(handle);
  if (known) return known;
  const random = seededRandom(`regulars of ${handle}`);
  const people = Array.from({ length: regularsPerChannel }, () => personOf(random));
  regulars.set(handle, people);
  return people;
}

function personOf(random: Random): Person {
  return { userAgent: pick(random, browsers), device: randomUuidOf(random) };
}
