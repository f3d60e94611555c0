// What the demo shows: three made-up channels and their videos, with the story of how each was watched.

export type DemoChannel = {
  handle: string;
  name: string;
  /** How many watch at each hour of the day, and on each weekday from Sunday on, against the average of 1. */
  hours: readonly number[];
  weekdays: readonly number[];
  /** Where its videos are embedded, and how often. */
  sites: readonly (readonly [string, number])[];
};

/** A rise of interest: `views` in all the time to come, half of what is left after each `halfLife` days. */
export type Wave = { afterDays: number; views: number; halfLifeDays: number };

export type DemoVideo = {
  key: string;
  channel: string;
  title: string;
  seconds: number;
  publishedDaysAgo: number;
  waves: readonly Wave[];
};

export const historyDays = 396;
export const hitKey = 'seal-pup-in-the-harbourmasters-boat';
export const hitViews = 150_000;
export const otherViews = 250_000;

// From midnight on.
const eveningHours = [5, 3, 2, 1, 1, 2, 4, 7, 9, 9, 9, 10, 12, 11, 10, 10, 12, 14, 17, 20, 22, 20, 14, 9];
const beforeDinnerHours = [4, 2, 1, 1, 1, 1, 3, 5, 7, 9, 12, 14, 11, 9, 9, 13, 20, 25, 22, 15, 12, 10, 8, 6];
const schoolHours = [3, 2, 1, 1, 1, 2, 4, 9, 18, 20, 19, 18, 12, 17, 18, 13, 9, 9, 11, 13, 14, 12, 8, 5];

export const channels: readonly DemoChannel[] = [
  {
    handle: 'saltmarsh-harbour',
    name: 'Saltmarsh Harbour Cam',
    hours: eveningHours,
    weekdays: [1.3, 0.9, 0.9, 0.9, 0.9, 1, 1.2],
    sites: [
      ['saltmarsh-harbour.example', 40],
      ['coast-weekly.example', 25],
      ['seabird-forum.example', 20],
      ['tide-tables.example', 10],
    ],
  },
  {
    handle: 'kitchen-table-school',
    name: 'The Kitchen Table School',
    hours: beforeDinnerHours,
    weekdays: [1.5, 0.8, 0.8, 0.9, 0.9, 1, 1.3],
    sites: [
      ['kitchen-table-school.example', 45],
      ['supper-notes.example', 30],
      ['allotment-news.example', 15],
    ],
  },
  {
    handle: 'small-wonders',
    name: 'Small Wonders Lab',
    hours: schoolHours,
    weekdays: [0.7, 1.2, 1.2, 1.2, 1.1, 1, 0.6],
    sites: [
      ['small-wonders.example', 35],
      ['classroom-shelf.example', 40],
      ['pocket-science.example', 20],
    ],
  },
];

// [key, title, seconds, days since it was published, views over the years, what became of it]
type Line = readonly [string, string, number, number, number, Story?];
type Story = 'second wave' | 'evergreen';

const harbour: readonly Line[] = [
  ['dawn-over-the-breakwater', 'Dawn over the breakwater, one hour uncut', 3_600, 390, 9_000, 'evergreen'],
  ['storm-front-reaches-the-pier', 'The storm front reaches the pier', 412, 301, 22_000],
  ['fishing-fleet-comes-home', 'The fishing fleet comes home at night', 1_260, 352, 5_200],
  ['spring-tide-covers-the-slipway', 'A spring tide covers the slipway', 540, 250, 4_100, 'second wave'],
  ['lighthouse-lamp-is-changed', 'Changing the lamp of the old lighthouse', 905, 214, 7_400],
  ['gulls-learn-to-open-the-crate', 'The gulls have learnt to open the crate', 188, 178, 14_500, 'second wave'],
  ['ice-on-the-inner-basin', 'Ice on the inner basin, first in twelve years', 265, 288, 6_800],
  ['regatta-from-the-crane', 'The regatta, seen from the crane', 2_710, 121, 8_300],
  ['dredger-at-work', 'What a dredger actually does', 730, 96, 3_900],
  ['porpoises-at-the-mole', 'Two porpoises at the mole', 95, 63, 9_600],
  ['fog-horn-test', 'Testing the fog horn (turn it down first)', 61, 38, 6_100],
  ['night-shift-on-the-lock', 'A night shift on the lock', 1_840, 17, 4_800],
  ['morning-after-the-gale', 'The morning after the gale', 356, 4, 5_500],
];

const kitchen: readonly Line[] = [
  ['bread-with-four-ingredients', 'Bread with four ingredients and no machine', 1_124, 384, 16_000, 'evergreen'],
  ['sharpen-a-knife', 'Sharpen a knife in six minutes', 366, 340, 11_500, 'evergreen'],
  ['soup-from-what-is-left', 'Soup from what is left', 702, 318, 5_600],
  ['dumplings-folded-five-ways', 'Dumplings, folded five ways', 958, 276, 9_200, 'second wave'],
  ['why-onions-make-you-cry', 'Why onions make you cry, and how not to', 244, 241, 7_000],
  ['pickles-by-the-jar', 'Pickles by the jar', 811, 199, 3_700],
  ['one-pot-lentils', 'One pot of lentils, three dinners', 645, 160, 4_900],
  ['cake-for-a-crowd', 'A cake for a crowd', 1_302, 133, 6_200],
  ['rice-without-fear', 'Rice without fear', 418, 109, 5_300, 'evergreen'],
  ['jam-from-hedgerow-berries', 'Jam from hedgerow berries', 899, 74, 4_400],
  ['noodles-pulled-by-hand', 'Noodles pulled by hand, again and again', 1_047, 52, 7_900],
  ['stock-on-a-sunday', 'Stock on a Sunday', 588, 31, 3_100],
  ['apple-tart-upside-down', 'An apple tart, upside down', 774, 12, 4_700],
  ['three-sauces-everyone-needs', 'Three sauces everyone needs', 630, 3, 3_800],
];

const wonders: readonly Line[] = [
  ['a-battery-from-coins', 'A battery from coins and vinegar', 388, 377, 8_800, 'evergreen'],
  ['how-geckos-hold-on', 'How geckos hold on to glass', 512, 331, 6_300],
  ['seven-layers-in-a-jar', 'Seven layers in a jar', 296, 295, 10_400, 'second wave'],
  ['the-slowest-drop', 'The slowest drop in the room', 1_420, 262, 3_300],
  ['weigh-the-air', 'Can you weigh the air?', 447, 226, 5_000],
  ['crystals-overnight', 'Crystals overnight', 604, 190, 7_600, 'evergreen'],
  ['why-the-sky-is-blue', 'Why the sky is blue, with a torch and milk', 333, 151, 12_100],
  ['a-bridge-of-paper', 'A bridge of paper that carries a brick', 521, 117, 4_600],
  ['moss-under-the-lens', 'Moss under the lens', 866, 88, 2_400],
  ['a-cloud-in-a-bottle', 'A cloud in a bottle', 274, 66, 5_800],
  ['ants-vote-on-a-new-home', 'Ants vote on a new home', 690, 44, 3_600],
  ['magnets-that-float', 'Magnets that float, and why they mostly will not', 559, 24, 4_300],
  ['a-seismograph-from-string', 'A seismograph from string and a stone', 933, 8, 2_900],
];

/** Its second wave is rolling while you look. */
const hit: DemoVideo = {
  key: hitKey,
  channel: 'saltmarsh-harbour',
  title: 'A seal pup climbs into the harbourmaster’s boat',
  seconds: 74,
  publishedDaysAgo: 75,
  // Some 150,000 by now, so that the views dealt out go on at the rate at which the live viewers come.
  waves: [
    { afterDays: 0, views: 95_000, halfLifeDays: 9 },
    { afterDays: 72.5, views: 190_000, halfLifeDays: 5 },
  ],
};

/** All videos; the hit is the first. */
export const videos: readonly DemoVideo[] = [
  hit,
  ...harbour.map((line) => videoOf('saltmarsh-harbour', line)),
  ...kitchen.map((line) => videoOf('kitchen-table-school', line)),
  ...wonders.map((line) => videoOf('small-wonders', line)),
];

function videoOf(channel: string, [key, title, seconds, publishedDaysAgo, views, story]: Line): DemoVideo {
  const tail = story === 'evergreen' ? 0.7 : 0.25;
  const waves: Wave[] = [
    { afterDays: 0, views: views * (1 - tail), halfLifeDays: 2.5 },
    { afterDays: 0, views: views * tail, halfLifeDays: 180 },
  ];
  if (story === 'second wave') {
    waves.push({ afterDays: publishedDaysAgo * 0.6, views: views * 0.8, halfLifeDays: 5 });
  }
  return { key, channel, title, seconds, publishedDaysAgo, waves };
}
