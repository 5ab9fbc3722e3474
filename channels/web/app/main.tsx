import { createRoot } from 'react-dom/client';
import { DeskPage } from './desk-page.tsx';
import { applyTheme, storedTheme } from './frame/theme.ts';
import './styles/page.css';

applyTheme(storedTheme());
const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
createRoot(root).render(<DeskPage />);
