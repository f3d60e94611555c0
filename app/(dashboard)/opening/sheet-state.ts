import type { LineProblem } from '#opening/read-csv.ts';

// What a page sends is 64 KB at most (http.ts), a form's own lines among it.
export const maxSheetBytes = 60 * 1024;

export type SheetState = {
  said?: string;
  isWrong?: boolean;
  problems?: LineProblem[];
  isEntered?: boolean;
};
