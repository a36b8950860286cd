import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveMeasured } from './child.ts';

// The least that can answer: node:http, one ready body of a given size.
const [, , bytes = '0'] = process.argv;
const body = Buffer.alloc(Number(bytes), 'x');
const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => serveMeasured((server.address() as AddressInfo).port, () => 0));
