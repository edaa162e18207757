import { buttonClass } from '@parley/ui/button';
import { Link } from 'react-router';
import { messages } from '../messages.ts';
import styles from './message-pages.module.css';
import { usePageTitle } from './use-page-title.ts';

/** Nothing stands at this address. */
export const NotFoundPage = () => (
  <MessagePage code="404" title={messages.notFoundTitle} text={messages.notFoundText} />
);

/** It is there, but not for this account. */
export const ForbiddenPage = () => (
  <MessagePage code="403" title={messages.forbiddenTitle} text={messages.forbiddenText} />
);

interface MessagePageProps {
  readonly code: string;
  readonly title: string;
  readonly text: string;
}

function MessagePage({ code, title, text }: MessagePageProps) {
  usePageTitle(title);
  return (
    <div className={styles['page']}>
      <Spine />
      <div className={styles['text']}>
        <p className={styles['code']}>{code}</p>
        <h1 className={styles['title']}>{title}</h1>
        <p>{text}</p>
        <Link to="/" className={buttonClass()}>
          {messages.toStart}
        </Link>
      </div>
    </div>
  );
}

/** The spine, ending in an open node. */
const Spine = () => (
  <svg className={styles['spine']} viewBox="0 0 28 160" aria-hidden="true">
    <path d="M14 0v116" stroke="var(--c-line)" strokeWidth="2" />
    <path d="M14 124v36" stroke="var(--c-line)" strokeWidth="2" strokeDasharray="2 6" />
    <circle cx="14" cy="24" r="5" fill="var(--c-ink)" />
    <circle cx="14" cy="120" r="6" fill="var(--c-canvas)" stroke="var(--c-line-strong)" strokeWidth="2" />
  </svg>
);
