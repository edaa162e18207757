import { Fragment, type ReactNode } from 'react';
import styles from './facts.module.css';

/** One fact: what it is about, and what is so. A fact without content is left out. */
export type Fact = readonly [name: string, content: ReactNode];

/** Facts, one below the other. */
export const Facts = ({ facts }: { readonly facts: readonly Fact[] }) => (
  <dl className={styles['facts']}>
    {facts
      .filter(([, content]) => content !== undefined)
      .map(([name, content]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{content}</dd>
        </Fragment>
      ))}
  </dl>
);

interface SectionProps {
  readonly title: string;
  readonly note?: ReactNode;
  /** Stands at the end of the title's line. */
  readonly end?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page under a heading. */
export const Section = ({ title, note, end, children }: SectionProps) => (
  <section className={styles['section']}>
    <div className={styles['head']}>
      <div>
        <h2 className={styles['title']}>{title}</h2>
        {note === undefined ? undefined : <p className={styles['note']}>{note}</p>}
      </div>
      {end}
    </div>
    {children}
  </section>
);

/** One sentence where there is nothing to list. */
export const Nothing = ({ children }: { readonly children: ReactNode }) => (
  <p className={styles['nothing']}>{children}</p>
);

/** Names, one a line, in the code face. */
export const CodeList = ({ names }: { readonly names: readonly string[] }) => (
  <ul role="list" className={styles['codes']}>
    {names.map((name, index) => (
      // Two effects may have one label.
      <li key={`${index} ${name}`}>
        <code>{name}</code>
      </li>
    ))}
  </ul>
);
