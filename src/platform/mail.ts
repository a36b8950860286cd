import { createTransport } from 'nodemailer';

/** A letter in plain text. Nothing in it is followed, counted or fetched. */
interface Letter {
  to: string;
  subject: string;
  text: string;
}

/** `later`: the mail server could not be reached or asks to wait. `refused`: it will never take it. */
type Sent = 'sent' | 'later' | 'refused';

/** Hands letters to the operator's mail server. */
export interface Mailer {
  send(letter: Letter): Promise<Sent>;
  close(): void;
}

const patienceMs = 20_000;

/**
 * A mailer for `smtp://` or `smtps://` with name and password in the address; `from` is who writes.
 * Nothing of a letter is logged.
 */
export function mailerTo(url: string, from: string): Mailer {
  const transport = createTransport(
    url,
    // A letter is words of ours: it never takes in a file or a web page.
    { from, disableFileAccess: true, disableUrlAccess: true },
  );
  return {
    async send(letter) {
      const waited = AbortSignal.timeout(patienceMs);
      const late = new Promise<never>((_, reject) =>
        waited.addEventListener('abort', () => reject(new Error('late')), { once: true }),
      );
      try {
        await Promise.race([transport.sendMail(letter), late]);
        return 'sent';
      } catch (error) {
        const { responseCode } = error as { responseCode?: number };
        return responseCode !== undefined && responseCode >= 500 ? 'refused' : 'later';
      }
    },
    close: () => transport.close(),
  };
}

let current: Mailer | null = null;

/** The house's mailer; null where the operator has named no mail server. */
export function mailer(): Mailer | null {
  return current;
}

/** Says at start which mail server letters go to. */
export function setMailer(chosen: Mailer | null): void {
  current?.close();
  current = chosen;
}
