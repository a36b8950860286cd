/*
 * The messages of PostgreSQL's extended query protocol that a packet of statements is made of, in its
 * version 3.0 (PostgreSQL documentation, "Message Formats"). Numbers are big-endian; a message is a
 * letter, its length without the letter, and its content.
 */

/** A parameter as it is sent: text, bytes (in binary format) or null. */
export type Parameter = string | Buffer | null;

const code = (letter: string) => letter.charCodeAt(0);
const [parseCode, bindCode, describeCode] = [code('P'), code('B'), code('D')];
const [executeCode, syncCode, closeCode] = [code('E'), code('S'), code('C')];
const [portal, statement] = [code('P'), code('S')];

/** Longest UTF-8 of one unit of UTF-16, bytes. */
const mostBytes = 3;

/** Writes messages one behind another; `take` hands them out and starts anew. */
export class Wire {
  #bytes = Buffer.allocUnsafe(8192);
  #at = 0;

  /** Prepares a statement under a name; types of parameters are the database's to find. */
  parse(name: string, text: string): void {
    const length = this.#begin(parseCode);
    this.#text(name);
    this.#text(text);
    this.#int16(0);
    this.#end(length);
  }

  /** Puts parameters into a prepared statement; its rows come as text. */
  bind(name: string, parameters: readonly Parameter[]): void {
    const length = this.#begin(bindCode);
    this.#int8(0); // the unnamed portal
    this.#text(name);
    this.#int16(parameters.length);
    for (const parameter of parameters) this.#int16(parameter instanceof Buffer ? 1 : 0);
    this.#int16(parameters.length);
    for (const parameter of parameters) this.#parameter(parameter);
    this.#int16(0);
    this.#end(length);
  }

  /** Asks for the columns of what was bound. */
  describe(): void {
    const length = this.#begin(describeCode);
    this.#int8(portal);
    this.#int8(0);
    this.#end(length);
  }

  /** Runs what was bound, for all its rows. */
  execute(): void {
    const length = this.#begin(executeCode);
    this.#int8(0);
    this.#int32(0);
    this.#end(length);
  }

  /** Forgets a prepared statement, which need not exist. */
  close(name: string): void {
    const length = this.#begin(closeCode);
    this.#int8(statement);
    this.#text(name);
    this.#end(length);
  }

  /** Ends the packet: the database answers, and reads on after a failure from here. */
  sync(): void {
    this.#end(this.#begin(syncCode));
  }

  /** Everything written so far. */
  take(): Buffer {
    const taken = Buffer.allocUnsafe(this.#at);
    this.#bytes.copy(taken, 0, 0, this.#at);
    this.#at = 0;
    return taken;
  }

  #begin(letter: number): number {
    this.#int8(letter);
    const length = this.#at;
    this.#int32(0);
    return length;
  }

  #end(length: number): void {
    this.#bytes.writeInt32BE(this.#at - length, length);
  }

  #parameter(parameter: Parameter): void {
    if (parameter === null) {
      this.#int32(-1);
      return;
    }
    const length = this.#at;
    this.#int32(0);
    if (typeof parameter === 'string') this.#write(parameter);
    else {
      this.#room(parameter.length);
      this.#at += parameter.copy(this.#bytes, this.#at);
    }
    this.#bytes.writeInt32BE(this.#at - length - 4, length);
  }

  #text(text: string): void {
    this.#write(text);
    this.#int8(0);
  }

  #write(text: string): void {
    this.#room(text.length * mostBytes);
    this.#at += this.#bytes.write(text, this.#at, 'utf8');
  }

  #int8(number: number): void {
    this.#room(1);
    this.#bytes[this.#at] = number;
    this.#at += 1;
  }

  #int16(number: number): void {
    this.#room(2);
    this.#at = this.#bytes.writeUInt16BE(number, this.#at);
  }

  #int32(number: number): void {
    this.#room(4);
    this.#at = this.#bytes.writeInt32BE(number, this.#at);
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const wider = Buffer.allocUnsafe((this.#at + bytes) * 2);
    this.#bytes.copy(wider, 0, 0, this.#at);
    this.#bytes = wider;
  }
}
