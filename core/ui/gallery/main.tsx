import '@parley/ui/styles.css';
import { UiProvider } from '@parley/ui/provider';
import { createRoot } from 'react-dom/client';
import { Gallery } from './gallery.tsx';

// ?theme=dark&dir=rtl&density=compact picks the page that is looked at.
const query = new URLSearchParams(location.search);
const root = document.documentElement;
const direction = query.get('dir') ?? 'ltr';
root.dir = direction;
root.lang = direction === 'rtl' ? 'ar' : 'en';
root.dataset['theme'] = query.get('theme') ?? 'light';
if (query.has('density')) root.dataset['density'] = query.get('density') ?? '';

createRoot(document.querySelector('#root') as Element).render(
  <UiProvider locale={direction === 'rtl' ? 'ar' : 'en'}>
    <Gallery />
  </UiProvider>,
);
