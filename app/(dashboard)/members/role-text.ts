import type { Role } from '#db/schema.ts';

const names = { admin: 'Admin', analyst: 'Analyst', creator: 'Creator' };

/** What somebody may see, in words. */
export function roleText({ role, channels }: { role: Role; channels: string[] }): string {
  if (role !== 'creator') return names[role];
  return `Creator of ${channels.length > 0 ? channels.join(', ') : 'no channel yet'}`;
}
