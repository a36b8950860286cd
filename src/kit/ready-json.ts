/** An operation's output that is written as JSON already, for answers that are asked for very often. */
export class ReadyJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** The output that the asker holds already (ETag); no body is sent. */
export const sameAsHeld = new ReadyJson('');
