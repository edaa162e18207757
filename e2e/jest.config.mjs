// The page in a real browser against a real server, one test file at a time.
import { join } from 'node:path';
import base from '../jest.config.mjs';

const [node] = base.projects;

export default {
  ...node,
  rootDir: join(import.meta.dirname, '..'),
  displayName: 'e2e',
  testMatch: ['<rootDir>/e2e/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  testTimeout: 60_000,
};
