import { Link } from '@parley/web/router';
import type { FoundRecord } from '../contract/index.ts';
import { messages } from './messages.ts';
import styles from './hit-row.module.css';
import { SnippetText } from './snippet-text.tsx';

const SAID_BY = { user: messages.youSaid, assistant: messages.answer, system: messages.system } as const;
const MESSAGE = 'conversations.message';
const NOTE = 'notes.note';

function kindOf({ collection, role }: FoundRecord): string {
  if (role !== undefined) return SAID_BY[role];
  return collection === NOTE ? messages.note : messages.other;
}

/** Where a hit can be seen. */
function pathOf({ collection, conversationId, id }: FoundRecord): string {
  const path = `/c/${conversationId}`;
  if (collection === MESSAGE) return `${path}?m=${id}`;
  return collection === NOTE ? `${path}?panel=notes` : path;
}

const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** One thing that was found: who said it when, and the passage with what was looked for marked. */
export function HitRow({ hit }: { readonly hit: FoundRecord }) {
  return (
    <Link to={pathOf(hit)} className={styles.hit ?? ''} data-row={hit.id}>
      <span className={styles.facts}>
        <span className={styles.kind}>{kindOf(hit)}</span>
        <time dateTime={hit.at}>{time.format(new Date(hit.at))}</time>
      </span>
      <span className={styles.snippet} dir="auto">
        <SnippetText pieces={hit.snippet} />
      </span>
    </Link>
  );
}
