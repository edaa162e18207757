import { CircleAlertIcon } from '@parley/ui/icon';
import styles from './change.module.css';

interface NoticeBoxProps {
  readonly tone: 'signal' | 'danger';
  readonly title: string;
  readonly texts: readonly string[];
}

/** Sentences that must be read before going on; nothing without any. */
export const NoticeBox = ({ tone, title, texts }: NoticeBoxProps) =>
  texts.length === 0 ? undefined : (
    <div role={tone === 'danger' ? 'alert' : 'note'} className={`${styles['box'] ?? ''} ${styles[tone] ?? ''}`}>
      <CircleAlertIcon />
      <div>
        <p className={styles['boxTitle']}>{title}</p>
        <ul role="list">
          {texts.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </div>
    </div>
  );
