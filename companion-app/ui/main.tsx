/** The companion's pages: composition only. */
import './lib/schemas-without-eval';
import './style.css';
import { createRoot } from 'react-dom/client';
import { App } from './shell/app';

/** `#code=123456` pairs at once: how the companion's own window opens this page. The digits leave the address. */
function codeOfAddress(): string | null {
  const code = /^#code=(\d{6})$/.exec(location.hash)?.[1] ?? null;
  if (code !== null) history.replaceState(null, '', `${location.pathname}#/`);
  return code;
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<App spareCode={codeOfAddress()} />);
