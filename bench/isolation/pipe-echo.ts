// The other end of a bare pipe: answers each line with the same line, or `count` with as many lines.
import { createInterface } from 'node:readline';
import { Socket } from 'node:net';

const pipe = new Socket({ fd: 3, readable: true, writable: true });
createInterface({ input: pipe }).on('line', (line) => {
  const message = JSON.parse(line) as { readonly say?: string; readonly count?: number };
  if (message.count === undefined) pipe.write(`${JSON.stringify(message)}\n`);
  else {
    let lines: string[] = [];
    for (let sent = 1; sent <= message.count; sent += 1) {
      lines.push(JSON.stringify({ type: 'text', text: ' piece' }), '\n');
      if (sent % 64 !== 0 && sent < message.count) continue;
      pipe.write(lines.join(''));
      lines = [];
    }
  }
});
