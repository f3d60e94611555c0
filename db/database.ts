import { explainDataDir } from './data-dir.ts';
import { type Embedded, startEmbedded } from './embedded.ts';
import { explainExternal, reachExternal } from './external.ts';
import { migrateDatabase } from './migrate.ts';

export type Database = {
  url: string;
  /** The reporting zone stored at first boot. */
  timeZone: string;
  /** Stops the embedded cluster if nobody else uses it; does nothing to an external database. */
  close(): Promise<void>;
};

type Settings = { DATABASE_URL?: string; DATA_DIR: string; TIME_ZONE?: string };

/**
 * The database the environment names, migrated: DATABASE_URL, else the embedded one under DATA_DIR.
 * Rejects with a sentence that names the variable when that is what stands in the way.
 */
export function openDatabase({ DATABASE_URL, DATA_DIR, TIME_ZONE }: Settings): Promise<Database> {
  return DATABASE_URL ? openExternal(DATABASE_URL, TIME_ZONE) : openEmbedded(DATA_DIR, TIME_ZONE);
}

async function openExternal(url: string, zone: string | undefined): Promise<Database> {
  await reachExternal(url);
  try {
    return { url, timeZone: await migrateDatabase(url, zone), close: async () => {} };
  } catch (error) {
    throw explainExternal(error, url) ?? error;
  }
}

async function openEmbedded(dataDir: string, zone: string | undefined): Promise<Database> {
  let embedded: Embedded;
  try {
    embedded = await startEmbedded(dataDir);
  } catch (error) {
    throw explainDataDir(error, dataDir) ?? error;
  }
  try {
    return { url: embedded.url, timeZone: await migrateDatabase(embedded.url, zone), close: embedded.stop };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}
