import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { wires } from './wires/index.ts';
import type { Wire } from './wires/wire.ts';

const BATCH = 16;
const TEXT = ' token';

/** Length of the text that each stream of `pieces` pieces holds. */
export const lengthOf = (pieces: number): number => pieces * TEXT.length;

const toBytes = (written: string | Uint8Array): Uint8Array =>
  typeof written === 'string' ? Buffer.from(written) : written;

function write(res: ServerResponse, wire: Wire, pieces: number, isLeftOpen: boolean): void {
  let written = 0;
  const fill = (): void => {
    while (written < pieces) {
      const batch: Uint8Array[] = [];
      for (; batch.length < BATCH && written < pieces; written += 1) batch.push(toBytes(wire.piece(TEXT, written)));
      if (!res.write(Buffer.concat(batch))) return void res.once('drain', fill);
    }
    if (!isLeftOpen) res.end(wire.tail);
  };
  if (wire.head.length > 0) res.write(wire.head);
  fill();
}

/** The address of a server of `wire` that writes so many pieces, as fast as they are read, and then ends or waits. */
export const addressOf = (base: string, wire: string, pieces: number, isLeftOpen = false): string =>
  `${base}/${wire}/${pieces}/${isLeftOpen ? 'open' : 'end'}`;

/** Servers of all wires in this process. */
export async function startUpstream() {
  const server = createServer((req, res) => {
    const [, name = '', pieces = '0', end = ''] = (req.url ?? '').split('/');
    const wire = wires.get(name);
    req.resume();
    if (wire) {
      res.writeHead(200, { 'content-type': wire.mime });
      write(res, wire, Number(pieces), end === 'open');
    } else res.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
