import { ButtonSection } from './button-section.tsx';
import { ChoiceSection } from './choice-section.tsx';
import { FieldSection } from './field-section.tsx';
import styles from './gallery.module.css';
import { OverlaySection } from './overlay-section.tsx';
import { ProseSection } from './prose-section.tsx';
import { StateSection } from './state-section.tsx';

const sections = [
  ['Buttons', ButtonSection],
  ['Fields', FieldSection],
  ['Choices', ChoiceSection],
  ['Overlays', OverlaySection],
  ['States', StateSection],
  ['Markdown', ProseSection],
] as const;

/** Every part in every state. */
export function Gallery() {
  return (
    <main className={styles.page}>
      <h1 className={styles.heading}>Parley kit</h1>
      {sections.map(([title, Section]) => (
        <section key={title} className={styles.section} id={title.toLowerCase()}>
          <h2 className={styles.title}>{title}</h2>
          <Section />
        </section>
      ))}
    </main>
  );
}
