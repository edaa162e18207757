import { Badge } from '@parley/ui/badge';
import { Link } from '@parley/web/router';
import { useId } from 'react';
import type { HitGroup } from './group-hits.ts';
import { HitRow } from './hit-row.tsx';
import { messages } from './messages.ts';
import styles from './search-page.module.css';
import { SnippetText } from './snippet-text.tsx';

/** What was found in one conversation: its title, marked where that was found itself, and what was said in it. */
function Group({ group: { conversation, hits } }: { readonly group: HitGroup }) {
  const titleId = useId();
  const title = hits.find(({ id }) => id === conversation.id);
  const inside = hits.filter((hit) => hit !== title);
  return (
    <section aria-labelledby={titleId}>
      <div className={styles.head}>
        <h2 id={titleId} className={styles.conversation} dir="auto">
          <Link to={`/c/${conversation.id}`} {...(title === undefined ? {} : { 'data-row': conversation.id })}>
            {title === undefined ? conversation.title || messages.untitled : <SnippetText pieces={title.snippet} />}
          </Link>
        </h2>
        {conversation.archived ? <Badge>{messages.inArchive}</Badge> : undefined}
      </div>
      <ul role="list" className={styles.hits}>
        {inside.map((hit) => (
          <li key={`${hit.collection}/${hit.id}`}>
            <HitRow hit={hit} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Everything found, by conversation. */
export function HitGroups({ groups }: { readonly groups: readonly HitGroup[] }) {
  return groups.map((group, index) => <Group key={`${group.conversation.id} ${index}`} group={group} />);
}
