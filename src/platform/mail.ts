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

/**
 * A mailer for `smtp://` or `smtps://` with name and password in the address; `from` is who writes.
 * A server that says nothing for `silenceMs` is given up; a slow one that goes on is waited for, as a
 * letter that leaves after it was given up leaves twice. Nothing of a letter is logged.
 */
export function mailerTo(url: string, from: string, silenceMs = 60_000): Mailer {
  const connecting = Math.min(silenceMs, 20_000);
  const transport = createTransport(
    {
      url,
      connectionTimeout: connecting,
      greetingTimeout: connecting,
      dnsTimeout: connecting,
      socketTimeout: silenceMs,
    },
    // A letter is words of ours: it never takes in a file or a web page.
    { from, disableFileAccess: true, disableUrlAccess: true },
  );
  return {
    async send({ to, subject, text }) {
      try {
        // As it stands: a comma within it makes no second address.
        await transport.sendMail({ to: { name: '', address: to }, subject, text });
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
