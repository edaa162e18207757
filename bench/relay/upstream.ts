import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a model writes: `tokens` of them, at a pace, or as fast as they are read. */
export interface Pace {
  readonly tokens: number;
  /** Absent: as fast as the reader takes them. */
  readonly tokensPerSecond?: number;
}

/** One token carries the moment it was written, microseconds, so that the reader knows how long it travelled. */
const chunk = (): string => {
  const token = ` t${Math.round(performance.now() * 1_000)}`;
  return `data: {"id":"chatcmpl-bench0000000000000000000000","object":"chat.completion.chunk","created":1760000000,"model":"bench","service_tier":"default","system_fingerprint":"fp_0000000000","choices":[{"index":0,"delta":{"content":"${token}"},"logprobs":null,"finish_reason":null}]}\n\n`;
};
const LAST = `data: {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1760000000,"model":"bench","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`;

const finish = (res: ServerResponse): void => void res.end(LAST);

function writePaced(res: ServerResponse, { tokens, tokensPerSecond = 25 }: Pace): void {
  let written = 0;
  const timer = setInterval(() => {
    res.write(chunk());
    written += 1;
    if (written < tokens) return;
    clearInterval(timer);
    finish(res);
  }, 1_000 / tokensPerSecond);
  res.on('close', () => clearInterval(timer));
}

function writeFast(res: ServerResponse, { tokens }: Pace): void {
  let written = 0;
  const fill = (): void => {
    while (written < tokens) {
      let batch = '';
      for (let count = 0; count < 16 && written < tokens; count += 1, written += 1) batch += chunk();
      if (!res.write(batch)) {
        res.once('drain', fill);
        return;
      }
    }
    finish(res);
  };
  fill();
}

/** A model behind Chat Completions in this process; `pace` applies to the streams that begin after it is set. */
export async function startUpstream() {
  let pace: Pace = { tokens: 100 };
  const server = createServer((req, res) => {
    req.resume();
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    if (pace.tokensPerSecond === undefined) writeFast(res, pace);
    else writePaced(res, pace);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setPace: (next: Pace) => {
      pace = next;
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
