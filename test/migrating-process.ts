// Migrates a database in a process of its own, as every instance does when it boots.
import { migrateDatabase } from '#db/migrate.ts';

const [url = '', timeZone] = process.argv.slice(2);
console.log(`zone ${await migrateDatabase(url, timeZone)}`);
