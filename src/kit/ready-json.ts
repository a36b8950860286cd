/** An operation's output that is written as JSON already, for answers that are asked for very often. */
export class ReadyJson {
  /** UTF-8. */
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** The output that the asker holds already (ETag); no body is sent. */
export const sameAsHeld = new ReadyJson(new Uint8Array());
