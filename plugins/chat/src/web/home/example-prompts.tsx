import { messages } from '../messages.ts';
import styles from './example-prompts.module.css';
import { examples } from './examples.ts';

/** Prompts to begin with; pressing one sends it. */
export function ExamplePrompts({ onPick }: { readonly onPick: (prompt: string) => void }) {
  return (
    <section aria-labelledby="example-prompts">
      <h2 id="example-prompts" className={styles.title}>
        {messages.examples}
      </h2>
      <ul role="list" className={styles.list}>
        {examples.map(({ title, prompt }) => (
          <li key={title}>
            <button type="button" className={styles.card} onClick={() => onPick(prompt)}>
              <span className={styles.name}>{title}</span>
              <span className={styles.prompt}>{prompt}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
