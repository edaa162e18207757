// The floor of a relay: what the upstream sends goes to the client byte by byte.
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

const upstream = process.env['UPSTREAM'] ?? '';
const server = createServer((_req, res) => {
  const ask = request(
    `${upstream}/v1/chat/completions`,
    { method: 'POST', headers: { 'content-type': 'application/json' } },
    (answer) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      answer.pipe(res);
    },
  );
  ask.end('{"stream":true}');
});
server.listen(0, '127.0.0.1', () =>
  console.log(`listening http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
