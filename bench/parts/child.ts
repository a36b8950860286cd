import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A server in a process of its own, so that its CPU time is its own. */
export class MeasuredServer {
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  /** Forks `module`, which calls `serveMeasured`; `args` reach it as process arguments. */
  static async start(module: URL, args: string[]): Promise<MeasuredServer> {
    const child = fork(module, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const ended = once(child, 'exit').then(() => {
      throw new Error('The server ended before it served.');
    });
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [{ port: number }];
    ended.catch(() => {});
    return new MeasuredServer(child, message.port);
  }

  /** CPU time of the process so far, ms, and statements sent to the database. */
  async meter(): Promise<{ cpuMs: number; statements: number }> {
    this.#child.send('meter');
    const [message] = (await once(this.#child, 'message')) as [
      { cpuMs: number; statements: number },
    ];
    return message;
  }

  async stop(): Promise<void> {
    this.#child.kill();
    await once(this.#child, 'exit');
  }
}

/** In the child: tells the port, and answers `meter`. */
export function serveMeasured(port: number, statements: () => number): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuMs: (user + system) / 1000, statements: statements() });
  });
  process.send?.({ port });
}
