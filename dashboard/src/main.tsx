import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, pageAt } from './shell/App';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/page.css';
import './styles/pickers.css';
import './styles/board.css';
import './styles/table.css';
import './styles/rail.css';

const root = document.getElementById('root');
if (!root) throw new Error('Cannot start: index.html has no element #root');
const path = window.location.pathname;
const { name, load } = pageAt(path);
// The page comes first: what follows a fallback React holds back for 300 ms. Meanwhile the head of index.html stands.
load()
  .catch((failure: unknown) => () => {
    throw failure; // For the part of the page that says so.
  })
  .then((Content) =>
    createRoot(root).render(
      <StrictMode>
        <App path={path} name={name} Content={Content} />
      </StrictMode>,
    ),
  );
