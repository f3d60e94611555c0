import { z } from 'zod';
import { newVideo } from './create-videos.ts';

/** Seconds, as people write them. */
export const durationText = z
  .string()
  .regex(/^\d{1,10}$/, 'should be a whole number of seconds')
  .transform(Number)
  .pipe(newVideo.shape.durationSeconds.unwrap());
