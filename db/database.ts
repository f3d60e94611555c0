import { startEmbedded } from './embedded.ts';
import { migrateDatabase } from './migrate.ts';

export type Database = {
  url: string;
  /** The reporting zone stored at first boot. */
  timeZone: string;
  /** Stops the embedded cluster if nobody else uses it; does nothing to an external database. */
  close(): Promise<void>;
};

/** The database the environment names, migrated: DATABASE_URL, else the embedded one under DATA_DIR. */
export async function openDatabase(env: {
  DATABASE_URL?: string;
  DATA_DIR: string;
  TIME_ZONE?: string;
}): Promise<Database> {
  const embedded = env.DATABASE_URL ? undefined : await startEmbedded(env.DATA_DIR);
  const url = env.DATABASE_URL ?? embedded?.url ?? '';
  const close = async () => embedded?.stop();
  try {
    return { url, timeZone: await migrateDatabase(url, env.TIME_ZONE), close };
  } catch (error) {
    await close();
    throw error;
  }
}
