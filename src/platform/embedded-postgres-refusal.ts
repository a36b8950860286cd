/** An expected reason why Stepwell cannot start here; its message is for the person at the terminal. */
export class CannotStart extends Error {
  override name = 'CannotStart';
}

const words: Readonly<Record<string, (path: string) => string>> = {
  EACCES: (path) =>
    `Stepwell may not write to ${path}. Give it a folder of its own (STEPWELL_DATA).`,
  EPERM: (path) =>
    `Stepwell may not write to ${path}. Give it a folder of its own (STEPWELL_DATA).`,
  EROFS: (path) => `${path} is on a disk that cannot be written. Choose another (STEPWELL_DATA).`,
  ENOSPC: (path) => `The disk that holds ${path} is full. Free some space and start again.`,
  EDQUOT: (path) => `The disk that holds ${path} is full. Free some space and start again.`,
  ENOTDIR: (path) => `${path} is not a folder. Choose another (STEPWELL_DATA).`,
  EEXIST: (path) => `${path} is not a folder. Choose another (STEPWELL_DATA).`,
};

/** Says a failed file operation on the data folder in plain words; anything else stays as it was. */
export function inWords(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const { code, path = folder } = error as NodeJS.ErrnoException;
  const say = code === undefined ? undefined : words[code];
  return say ? new CannotStart(say(path), { cause: error }) : error;
}

/** The same for what PostgreSQL's own programs wrote, in `text`, before they gave up. */
export function fromDatabaseOutput(text: string, folder: string): CannotStart | undefined {
  if (/No space left on device|Disk quota exceeded/.test(text)) {
    return new CannotStart(
      `The disk that holds ${folder} is full. Free some space and start again.`,
    );
  }
  if (/Read-only file system/.test(text)) {
    return new CannotStart(`${folder} is on a disk that cannot be written (STEPWELL_DATA).`);
  }
  return undefined;
}
