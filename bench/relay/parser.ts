// A relay that must understand what it passes on: parses each event of the upstream and writes a frame of its own.
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createParser } from 'eventsource-parser';

const upstream = process.env['UPSTREAM'] ?? '';
const server = createServer((_req, res) => {
  const ask = request(
    `${upstream}/v1/chat/completions`,
    { method: 'POST', headers: { 'content-type': 'application/json' } },
    (answer) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      let seq = 0;
      const parser = createParser({
        onEvent({ data }) {
          if (data === '[DONE]') return;
          const chunk = JSON.parse(data) as { choices: { delta: { content?: string } }[] };
          const text = chunk.choices[0]?.delta.content;
          if (text === undefined) return;
          seq += 1;
          res.write(
            `id: ${seq}\nevent: part-delta\ndata: ${JSON.stringify({ type: 'part-delta', seq, index: 0, text })}\n\n`,
          );
        },
      });
      answer.setEncoding('utf8');
      answer.on('data', (text: string) => parser.feed(text));
      answer.on('end', () => res.end());
    },
  );
  ask.end('{"stream":true}');
});
server.listen(0, '127.0.0.1', () =>
  console.log(`listening http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
