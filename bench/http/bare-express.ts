// Bare Express 5 with the reply of the benchmark's plugin.
import type { AddressInfo } from 'node:net';
import express from 'express';

const app = express();
app.get('/api/x/bench/small', (req, res) => {
  const { id } = req.query;
  res.json({
    id: typeof id === 'string' ? id : '1',
    name: 'A small reply of a plugin',
    tags: ['one', 'two', 'three'],
    at: '2026-01-01T00:00:00.000Z',
  });
});
const server = app.listen(0, '127.0.0.1', () =>
  console.log(`listening http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
