import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './shell/App';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/page.css';
import './styles/pickers.css';
import './styles/board.css';
import './styles/table.css';
import './styles/rail.css';

const root = document.getElementById('root');
if (!root) throw new Error('Cannot start: index.html has no element #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
