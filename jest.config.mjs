// One project for what runs in Node, one for what runs in the browser (jsdom).
const swc = (tsx) => [
  '@swc/jest',
  {
    jsc: {
      target: 'es2024',
      parser: { syntax: 'typescript', tsx, explicitResourceManagement: true },
      ...(tsx ? { transform: { react: { runtime: 'automatic' } } } : {}),
    },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  },
];
const common = {
  rootDir: import.meta.dirname,
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '\\.ts$': swc(false), '\\.tsx$': swc(true) },
  // Templates and plugins outside of the workspace are tested as their authors do it, with Node's own runner.
  testPathIgnorePatterns: [
    '/node_modules/',
    '/dist/',
    '/e2e/',
    '/templates/',
    '/examples/weather-plugin/',
    '/.parley/',
  ],
  modulePathIgnorePatterns: ['/dist/', '/dist-ui/', '/.parley/', '/templates/', '/examples/weather-plugin/'],
  moduleNameMapper: {
    '\\.module\\.css$': '<rootDir>/tools/jest/css-module.cjs',
    '\\.(css|woff2|svg)$': '<rootDir>/tools/jest/asset.cjs',
  },
};

export default {
  // By itself Jest leaves one processor free, which of two is half; modules of many test files pile up in a worker.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '1.5GB',
  projects: [
    {
      ...common,
      displayName: 'node',
      testMatch: ['<rootDir>/**/*.test.ts'],
      testEnvironment: 'node',
      testEnvironmentOptions: { customExportConditions: ['parley:source', 'node', 'node-addons'] },
    },
    {
      ...common,
      displayName: 'web',
      testMatch: ['<rootDir>/**/*.test.tsx'],
      testEnvironment: '<rootDir>/tools/jest/jsdom-environment.cjs',
      testEnvironmentOptions: { customExportConditions: ['parley:source', 'browser'] },
    },
  ],
};
