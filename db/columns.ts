// Columns that many tables have, and the ids that must not be taken for each other.
import { bigint, date, timestamp } from 'drizzle-orm/pg-core';

declare const brand: unique symbol;
export type ChannelId = number & { readonly [brand]: 'channel' };
export type VideoId = number & { readonly [brand]: 'video' };

export const instant = (name: string) => timestamp(name, { withTimezone: true });
export const calendarDate = (name: string) => date(name, { mode: 'string' });
export const count = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0);
export const channelId = () => bigint('channel_id', { mode: 'number' }).$type<ChannelId>().notNull();
export const videoId = (name = 'video_id') => bigint(name, { mode: 'number' }).$type<VideoId>().notNull();
export const rowId = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity();
export const counts = () => ({ views: count('views'), botViews: count('bot_views') });
