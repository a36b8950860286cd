import type { Draft, ScribeDrafts } from './scribe-drafts.ts';

/** A text from another tab that met this one and waits to be put together with it. */
export interface OtherText {
  id: string;
  text: string;
  at: string;
  by?: string;
}

/** One line as the server has it. */
export interface Written {
  text: string;
  ticked: boolean;
  revision: number;
  others: readonly OtherText[];
}

/** What is sent to the server; the answer tells whether the text stands or was kept beside another. */
export type Send = (change: {
  line: string;
  text: string;
  ticked: boolean;
  base: number;
  writer: string;
  merged: readonly string[];
}) => Promise<{ outcome: 'saved' | 'both'; written: Written }>;

/**
 * Where what was typed is. `typing`: not on disk yet. `kept`: on this computer. `saved`: the server
 * has it. `waiting`: the server did not answer. `refused`: it may not be written any more.
 */
export type ScribeState = 'typing' | 'kept' | 'saved' | 'waiting' | 'refused';

/** One line as the screen shows it. */
export interface Line {
  text: string;
  ticked: boolean;
  state: ScribeState;
  /** Texts to be put together with this one. */
  others: readonly OtherText[];
}

interface Entry extends Line {
  base: number;
  /** The revision that stood when this text was found stale: what a text put together is based on. */
  stands: number | null;
  /** What the server is known to hold. */
  server: { text: string; ticked: boolean };
  merged: string[];
  timer: ReturnType<typeof setTimeout> | undefined;
  busy: boolean;
}

/** At most so long after the last letter until the server is asked, in ms. */
const pauseMs = 400;
const retryMs = 3000;

/** Refusals after which the same text may still be taken. */
const passing = ['unexpected', 'slowDown', 'signedOut', 'locked', 'secondFactor'];

const nothing: Line = { text: '', ticked: false, state: 'saved', others: [] };

/**
 * Saves lines of text as they are typed: at once on this computer's disk, after a short pause on the
 * server, one request at a time a line. Never drops a text: what meets a newer one is kept beside it.
 */
export class Scribe {
  readonly #place: string;
  readonly #writer: string;
  readonly #send: Send;
  readonly #drafts: ScribeDrafts;
  readonly #pause: number;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();
  #version = 0;
  #stopped = false;

  constructor(options: {
    place: string;
    writer: string;
    send: Send;
    drafts: ScribeDrafts;
    pause?: number;
  }) {
    this.#place = options.place;
    this.#writer = options.writer;
    this.#send = options.send;
    this.#drafts = options.drafts;
    this.#pause = options.pause ?? pauseMs;
  }

  /** Takes over what the server has. Lines that are being typed stay as they are. */
  open(lines: ReadonlyMap<string, Written>): void {
    for (const [line, written] of lines) {
      const entry = this.#entries.get(line);
      if (entry && (entry.busy || this.#isAhead(entry))) continue;
      this.#entries.set(line, { ...fresh(), ...entry, ...taken(written) });
    }
    this.#tell();
  }

  /** Takes up drafts that a closed or killed tab left behind, and sends them. */
  async recover(isAlive: (writer: string) => boolean): Promise<number> {
    const left = (await this.#drafts.of(this.#place)).filter(
      (draft) => draft.writer !== this.#writer && !isAlive(draft.writer),
    );
    for (const draft of left) await this.#recoverOne(draft);
    return left.length;
  }

  read(line: string): Line {
    return this.#entries.get(line) ?? nothing;
  }

  /** Every letter comes here. */
  type(line: string, text: string): void {
    const entry = this.#entryOf(line);
    entry.text = text;
    this.#changed(line, entry);
  }

  tick(line: string, ticked: boolean): void {
    const entry = this.#entryOf(line);
    entry.ticked = ticked;
    this.#changed(line, entry);
  }

  /** Puts texts together: the line becomes `text`, and the other texts are taken in. */
  merge(line: string, text: string): void {
    const entry = this.#entryOf(line);
    entry.merged = entry.others.map((other) => other.id).filter((id) => id !== '');
    entry.others = [];
    entry.base = entry.stands ?? entry.base;
    entry.stands = null;
    entry.text = text;
    this.#changed(line, entry);
  }

  /** The least settled state of all lines: what the one honest line says. */
  get state(): ScribeState {
    const order: ScribeState[] = ['refused', 'waiting', 'typing', 'kept'];
    const states = new Set([...this.#entries.values()].map((entry) => entry.state));
    return order.find((state) => states.has(state)) ?? 'saved';
  }

  /** Sends what is left now, e.g. before the note is signed. */
  async settle(): Promise<void> {
    for (const [line, entry] of this.#entries) {
      clearTimeout(entry.timer);
      while (entry.busy) await new Promise((resolve) => setTimeout(resolve, 20));
      if (this.#isAhead(entry)) await this.#save(line, entry);
    }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Grows with every change; for `useSyncExternalStore`. */
  readonly version = (): number => this.#version;

  stop(): void {
    this.#stopped = true;
    for (const entry of this.#entries.values()) clearTimeout(entry.timer);
  }

  resume(): void {
    this.#stopped = false;
  }

  #entryOf(line: string): Entry {
    const entry = this.#entries.get(line) ?? fresh();
    this.#entries.set(line, entry);
    return entry;
  }

  #isAhead(entry: Entry): boolean {
    const { text, ticked, server, merged } = entry;
    return text !== server.text || ticked !== server.ticked || merged.length > 0;
  }

  #changed(line: string, entry: Entry): void {
    entry.state = 'typing';
    this.#tell();
    const { text, ticked, base } = entry;
    const draft = { place: this.#place, line, writer: this.#writer, text, ticked, base };
    this.#drafts.keep(draft).then(
      () => {
        if (entry.state === 'typing' && entry.text === text) this.#turn(entry, 'kept');
      },
      // Without a disk the server alone keeps it; the line then says "saving" until it has.
      () => {},
    );
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => void this.#save(line, entry), this.#pause);
  }

  async #save(line: string, entry: Entry): Promise<void> {
    if (entry.busy || this.#stopped) return;
    entry.busy = true;
    const { text, ticked, base, merged } = entry;
    try {
      const writer = this.#writer;
      const { outcome, written } = await this.#send({ line, text, ticked, base, writer, merged });
      entry.merged = entry.merged.filter((id) => !merged.includes(id));
      this.#answered(line, entry, { text, ticked }, outcome, written);
    } catch (error) {
      entry.busy = false;
      const no = (error as { code?: unknown }).code;
      const final = typeof no === 'string' && !passing.includes(no);
      this.#turn(entry, final ? 'refused' : 'waiting');
      if (!final && !this.#stopped)
        entry.timer = setTimeout(() => void this.#save(line, entry), retryMs);
    }
  }

  #answered(
    line: string,
    entry: Entry,
    sent: { text: string; ticked: boolean },
    outcome: 'saved' | 'both',
    written: Written,
  ): void {
    entry.busy = false;
    if (outcome === 'saved') {
      entry.server = sent;
      entry.base = written.revision;
      entry.others = written.others.filter((other) => !entry.merged.includes(other.id));
    } else {
      // Our text is kept as one of the others; what stands is shown beside it, never in its place,
      // under the id by which our copy is taken in. The base stays old: typing on must not win.
      const mine = written.others.find((other) => other.text === sent.text);
      const rest = written.others.filter((other) => other.id !== mine?.id);
      entry.others = [{ id: mine?.id ?? '', text: written.text, at: '' }, ...rest];
      entry.stands = written.revision;
      entry.server = sent;
    }
    if (this.#isAhead(entry)) {
      entry.timer = setTimeout(() => void this.#save(line, entry), this.#pause);
      this.#tell();
      return;
    }
    void this.#drafts
      .drop({ place: this.#place, line, writer: this.#writer })
      .catch(() => undefined);
    this.#turn(entry, 'saved');
  }

  async #recoverOne(draft: Draft): Promise<void> {
    const { line, text, ticked, base, writer } = draft;
    const entry = this.#entryOf(line);
    if (entry.server.text === text && entry.server.ticked === ticked) {
      await this.#drafts.drop(draft);
      return;
    }
    try {
      // Sent as the tab that typed it, so that its own last save is no conflict.
      const { outcome, written } = await this.#send({
        line,
        text,
        ticked,
        base,
        writer,
        merged: [],
      });
      if (outcome === 'saved') Object.assign(entry, taken(written));
      else Object.assign(entry, { others: written.others });
      await this.#drafts.drop(draft);
    } catch {
      // Stays on disk; shown only where nothing was typed here since.
      if (!this.#isAhead(entry)) Object.assign(entry, { text, ticked, base, state: 'waiting' });
    }
    this.#tell();
  }

  #turn(entry: Entry, state: ScribeState): void {
    entry.state = state;
    this.#tell();
  }

  #tell(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}

function fresh(): Entry {
  return {
    ...nothing,
    base: 0,
    stands: null,
    server: { text: '', ticked: false },
    merged: [],
    timer: undefined,
    busy: false,
  };
}

function taken({ text, ticked, revision, others }: Written) {
  return {
    text,
    ticked,
    base: revision,
    stands: null,
    server: { text, ticked },
    others,
    state: 'saved' as const,
  };
}
