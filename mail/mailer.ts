// Sends mail through the operator's SMTP server.
import { createTransport } from 'nodemailer';

export type Letter = { to: string; subject: string; text: string };

export type Mailer = {
  /** Never rejects: who asked is told what became of it. */
  send(letter: Letter): Promise<'sent' | 'failed'>;
};

export type MailSettings = {
  /** SMTP_URL: smtps://user:password@host:465, or smtp:// for a server that begins without TLS. */
  url: string;
  /** MAIL_FROM. */
  from: string;
  /** What went wrong, without address, link or password: the rest of an error may quote them. */
  onFailure: (reason: string) => void;
};

// Somebody waits in front of the page meanwhile.
const timeoutMs = 8_000;

export function openMailer({ url, from, onFailure }: MailSettings): Mailer {
  const { username, hostname } = new URL(url);
  const transport = createTransport({
    url,
    // A password never goes over the network as it is.
    requireTLS: username !== '' && !/^(127\.0\.0\.1|localhost|\[::1\])$/.test(hostname),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(letter) {
      try {
        await transport.sendMail({ from, ...letter });
        return 'sent';
      } catch (error) {
        onFailure(reasonOf(error));
        return 'failed';
      }
    },
  };
}

function reasonOf(error: unknown): string {
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  return [code ?? 'an unknown error', responseCode].filter(Boolean).join(', answer ');
}
