import { explainDataDir } from './data-dir.ts';
import { startEmbedded } from './embedded.ts';
import { explainExternal, reachExternal } from './external.ts';
import { migrateDatabase } from './migrate.ts';
import { nameOf, type ReportingZone } from './reporting-zone.ts';

export type Database = {
  url: string;
  /** The name of the reporting zone. */
  timeZone: string;
  /** The same with what cut the days before it was changed, if it was: for whoever counts or proves. */
  zone: ReportingZone;
  /** Stops the embedded cluster if nobody else uses it; does nothing to an external database. */
  close(): Promise<void>;
};

type Place = { DATABASE_URL?: string; DATA_DIR: string };

/**
 * The database the environment names, migrated: DATABASE_URL, else the embedded one under DATA_DIR.
 * Rejects with a sentence that names the variable when that is what stands in the way.
 */
export async function openDatabase(env: Place & { TIME_ZONE?: string }): Promise<Database> {
  const { url, close } = await reachDatabase(env);
  try {
    const zone = await migrateDatabase(url, env.TIME_ZONE);
    return { url, timeZone: nameOf(zone), zone, close };
  } catch (error) {
    await close();
    throw (env.DATABASE_URL && explainExternal(error, url)) || error;
  }
}

/** The same database as it is, whatever its version. */
export async function reachDatabase({ DATABASE_URL, DATA_DIR }: Place): Promise<Omit<Database, 'timeZone' | 'zone'>> {
  if (DATABASE_URL) {
    await reachExternal(DATABASE_URL);
    return { url: DATABASE_URL, close: async () => {} };
  }
  try {
    const { url, stop } = await startEmbedded(DATA_DIR);
    return { url, close: stop };
  } catch (error) {
    throw explainDataDir(error, DATA_DIR) ?? error;
  }
}
