// Whether a release could be planned from the changesets of all commits. Which packages must have one is for who reads a change.
import { run } from './run.ts';

const first = await run('git', ['rev-list', '--max-parents=0', '--max-count=1', 'HEAD']);
const { code, output } = await run('changeset', ['status', `--since=${first.output.trim()}`]);
console.log(output.trimEnd());
process.exitCode = code;
