// The one table of allowed imports: contracts <- core <- plugins <- hosts, and inside a plugin contract <- server and
// contract <- web. There are no exceptions here; a change of this table is an ADR.
import { createRequire } from 'node:module';

// The reader behind this tool does not know `using` yet and would stop at it; its declarators are read like those of `const`.
const { Visitor } = createRequire(import.meta.url)('@swc/core/Visitor.js');
const visitStatement = Visitor.prototype.visitStatement;
Visitor.prototype.visitStatement = function visit(statement) {
  if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement);
  statement.decls = this.visitVariableDeclarators(statement.decls);
  return statement;
};

const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

export default {
  forbidden: [
    rule(
      'contracts-know-nothing-above',
      { path: '^contracts/' },
      { path: '^(core|plugins|host-server|host-web|examples)/' },
      'Contracts are the lowest layer.',
    ),
    rule(
      'contracts-use-zod-only',
      { path: '^contracts/src/', pathNot: '\\.test\\.ts$' },
      { dependencyTypes: ['npm', 'core'], pathNot: 'node_modules/zod/' },
      'Contracts run everywhere: zod and types only.',
    ),
    rule(
      'core-knows-no-plugin-or-host',
      { path: '^core/' },
      { path: '^(plugins|host-server|host-web|examples)/' },
      'Core is below plugins and hosts.',
    ),
    rule(
      'kernel-is-universal',
      { path: '^core/kernel/src/', pathNot: '\\.test\\.ts$' },
      { path: '(^core/(web|ui|testing|cli)/)|node_modules/(express|react|mongoose|ioredis)/' },
      'The kernel knows neither Express nor React.',
    ),
    rule(
      'kernel-without-node',
      { path: '^core/kernel/src/', pathNot: '\\.test\\.ts$' },
      { dependencyTypes: ['core'] },
      'The kernel uses nothing of Node.',
    ),
    rule(
      'plugins-know-no-host',
      { path: '^plugins/' },
      { path: '^(host-server|host-web|examples)/' },
      'Plugins are below hosts.',
    ),
    rule(
      'plugins-meet-by-contract',
      { path: '^plugins/([^/]+)/', pathNot: '\\.test\\.tsx?$' },
      { path: '^plugins/([^/]+)/', pathNot: '^plugins/($1/|[^/]+/src/contract/)' },
      'A plugin reaches another one through its contract side or a capability.',
    ),
    rule(
      'contract-side-knows-no-other',
      { path: '^plugins/[^/]+/src/contract/' },
      { path: '^(plugins/[^/]+/src/(server|web)/|core/)' },
      'The contract side is shared by browser and server.',
    ),
    rule(
      'server-never-meets-web',
      { path: '^plugins/[^/]+/src/server/' },
      { path: '^(plugins/[^/]+/src/web/|core/(web|ui)/src/(?!client/))' },
      'Server and web never meet, not even by type.',
    ),
    rule(
      'web-never-meets-server',
      { path: '^plugins/[^/]+/src/web/' },
      { path: '^(plugins/[^/]+/src/server/|core/(kernel|testing|cli)/)' },
      'Server and web never meet, not even by type.',
    ),
    rule(
      'web-without-node',
      { path: '^(plugins/[^/]+/src/web/|core/(web|ui)/src/|host-web/src/)', pathNot: '\\.test\\.tsx?$' },
      { dependencyTypes: ['core'] },
      'Browser code uses nothing of Node.',
    ),
    rule(
      'hosts-never-meet',
      { path: '^host-server/' },
      { path: '^host-web/' },
      'Contracts are the only bridge between browser and server.',
    ),
    rule(
      'web-host-knows-no-server',
      { path: '^host-web/src/' },
      { path: '^(host-server/|plugins/[^/]+/src/server/|core/(kernel|testing|cli)/)' },
      'Contracts are the only bridge between browser and server.',
    ),
    rule(
      'sdk-in-its-driver-only',
      {
        path: '.',
        pathNot: '^plugins/(provider-openai|storage-mongo|cache-redis|search-meilisearch)/|^examples/|^bench/|^tools/',
      },
      { path: 'node_modules/(openai|mongoose|ioredis|meilisearch)/' },
      'Only a driver imports its SDK.',
    ),
    rule('no-cycles', {}, { circular: true }, 'Import cycles hide a missing concept.'),
    rule(
      'everything-resolves',
      { pathNot: '\\.d\\.ts$' },
      { couldNotResolve: true, pathNot: '^(@parley/host-server|mdast)$' },
      'An import names something that exists.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/dist/|/dist-ui/|/templates/|\\.d\\.ts$)' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['parley:source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
};
