import { createContext } from 'react';

/** The element beside the main column that holds the side panel; the shell provides it. */
export const PanelOutletContext = createContext<HTMLElement | undefined>(undefined);
