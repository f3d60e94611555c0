import type { Sql } from '#db/client.ts';
import { withDeadline } from '#db/deadline.ts';
import { readViewerSecret } from '#viewers/viewer-of-user.ts';

const deadlineMs = 5_000;

/** The installation's secret by which users become viewers; read once, since it never changes. */
export function openUserSecret(sql: Sql): () => Promise<string> {
  let secret: Promise<string> | undefined;
  return () => {
    secret ??= withDeadline(readViewerSecret(sql), deadlineMs);
    // A failure is asked again by the next view instead of being remembered.
    secret.catch(() => {
      secret = undefined;
    });
    return secret;
  };
}
