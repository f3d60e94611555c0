/** A bucket that does not hold what it should by `against`: the log, a finer grain, or its videos. */
export type Difference = {
  table: string;
  against: string;
  /** The video's or channel's id; 0 is all channels, or a lane's number for cursors. */
  owner: number;
  bucket: string;
  views: number;
  expectedViews: number;
  botViews: number;
  expectedBotViews: number;
};
