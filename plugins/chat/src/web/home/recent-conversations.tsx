import { conversationsContract } from '@parley/plugin-conversations/contract';
import { useContract } from '@parley/web';
import { Link } from '@parley/web/router';
import { useQuery } from '@tanstack/react-query';
import { messages } from '../messages.ts';
import styles from './recent-conversations.module.css';

const MOST = 3;

/** The conversations last worked on, for going back without opening the side bar. */
export function RecentConversations() {
  const { queries } = useContract(conversationsContract);
  const { data } = useQuery(queries.list.options({ limit: MOST }));
  if (!data || data.items.length === 0) return undefined;
  return (
    <nav aria-labelledby="recent-conversations">
      <h2 id="recent-conversations" className={styles.title}>
        {messages.recent}
      </h2>
      <ul role="list" className={styles.list}>
        {data.items.map(({ id, title }) => (
          <li key={id}>
            <Link to={`/c/${id}`} className={styles.link}>
              <bdi dir="auto">{title || messages.untitled}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
