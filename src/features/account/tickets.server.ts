import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Transaction } from '../../platform/database.ts';
import { serverKey } from './secrets.server.ts';

/** What a two-step operation must remember between its steps, by kind of step. */
export interface TicketContents {
  register: { nameHash: string; account: string | null };
  signIn: { state: string; account: string; name: string };
  passkeyAdd: { challenge: string; account: string };
  passkeySignIn: { challenge: string };
  totp: { secret: string; account: string };
}
type Kind = keyof TicketContents;

const lifetime = 10 * 60_000;
/** Every ticket of a kind has one length, so that it tells nothing about what is inside. */
const room = 1024;

// Tickets are sealed to the client, not kept: any process may answer the second step. Each opens once
// per process; a second process would at worst repeat a step that its holder has passed.
const spent = new Map<string, number>();

function forgetOld(now: number): void {
  for (const [nonce, until] of spent) {
    if (until > now) break;
    spent.delete(nonce);
  }
}

/** Seals what the second step needs, for ten minutes. */
export async function sealTicket<K extends Kind>(
  ctx: { tx: Transaction; now: string },
  kind: K,
  content: TicketContents[K],
): Promise<string> {
  const until = Date.parse(ctx.now) + lifetime;
  const plain = Buffer.alloc(room, ' ');
  if (plain.write(JSON.stringify({ until, content })) >= room) throw new Error('Ticket too long.');
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await serverKey(ctx.tx, 'tickets'), nonce);
  cipher.setAAD(Buffer.from(kind));
  const sealed = [nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(sealed).toString('base64url');
}

/**
 * Opens a ticket of this kind; null when it is over, used, forged or of another kind. It is used up
 * unless `after` says 'keep': a mistyped code must not cost the whole step.
 */
export async function openTicket<K extends Kind>(
  ctx: { tx: Transaction; now: string },
  kind: K,
  ticket: string,
  after: 'spend' | 'keep' = 'spend',
): Promise<TicketContents[K] | null> {
  const sealed = Buffer.from(ticket, 'base64url');
  if (sealed.length !== 12 + room + 16) return null;
  const nonce = sealed.subarray(0, 12);
  const cipher = createDecipheriv('aes-256-gcm', await serverKey(ctx.tx, 'tickets'), nonce);
  cipher.setAAD(Buffer.from(kind));
  cipher.setAuthTag(sealed.subarray(-16));
  let text: string;
  try {
    text = Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()]).toString();
  } catch {
    return null;
  }
  const { until, content } = JSON.parse(text) as { until: number; content: TicketContents[K] };
  const now = Date.parse(ctx.now);
  forgetOld(now);
  const name = nonce.toString('base64');
  if (until < now || spent.has(name)) return null;
  if (after === 'spend') spent.set(name, until);
  return content;
}
