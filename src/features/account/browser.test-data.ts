import * as library from '@serenity-kit/opaque';
import type { InputOf, Operation, OutputOf } from '../../kit/operation.ts';
import { Person, type TestHouse } from '../../server/testing.ts';
import { opaqueOn } from '../../ui/opaque.ts';
import { me } from './contract.ts';
import { type Entered, type EntryTools, register, signIn } from './entering.web.ts';

export const passphrase = 'gravy tricycle monotone blimp fernlike apricot';

/** A browser in a test: keeps the cookie that it is given, and speaks OPAQUE on the library itself. */
export class TestBrowser {
  readonly person: Person;
  lastReply: { status: number; body: unknown; headers: Record<string, unknown> } | null = null;
  readonly tools: EntryTools = {
    ask: async <O extends Operation>(operation: O, input: InputOf<O>): Promise<OutputOf<O>> => {
      const reply = await this.ask(operation, input);
      if (reply.status !== 200) throw new Error(`${(reply.body as { refusal: string }).refusal}`);
      return reply.body as OutputOf<O>;
    },
    opaque: opaqueOn(library),
  };

  constructor(house: TestHouse) {
    this.person = new Person(house);
  }

  async ask<O extends Operation>(operation: O, input: InputOf<O>) {
    const reply = await this.person.ask(operation, input);
    const cookie = /^stepwell-localhost=([^;]*)/.exec(String(reply.headers['set-cookie'] ?? ''));
    if (cookie) this.person.token = cookie[1] ?? '';
    this.lastReply = reply;
    return reply;
  }

  register = (stem = 'quiet harbor'): Promise<Entered & { name: string }> =>
    register(this.tools, { stem, passphrase, deviceLabel: 'Phone' });
  signIn = (name: string, words = passphrase): Promise<Entered | null> =>
    signIn(this.tools, { name, passphrase: words, deviceLabel: 'Phone' });
  me = async () => (await this.tools.ask(me, {})).account;
}
