// What of a page's 64 KB (http.ts) is left for the sheet: its ends of lines come as two bytes.
export const maxSheetBytes = 60_000;

export type ShownPlan = {
  /** In one sentence. */
  sum: string;
  lines: { line: number; text: string }[];
  bad: { line: number; text: string }[];
  /** Sent back by whoever wants it done; undefined where there is nothing to do, or a line is bad. */
  agreement: string | undefined;
  /** What is typed by whoever means to delete. */
  confirmation: string | undefined;
};

export type SheetState = {
  said?: string;
  isWrong?: boolean;
  /** What the plan is of. */
  text?: string;
  plan?: ShownPlan;
};
