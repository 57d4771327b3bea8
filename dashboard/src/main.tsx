import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './shell/App';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/page.css';

const root = document.getElementById('root');
if (!root) throw new Error('Cannot start: index.html has no element #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
