/** The pages by name. */
import { shell } from '../../../shared/words';
import { hrefOf } from '../lib/hash';
import { useWords } from '../lib/use-words';
import { PAGES } from '../pages';

export function Navigation({ current }: { readonly current: string }) {
  const t = useWords();
  return (
    <nav className="navigation" aria-label={t(shell.pages)}>
      <span className="brand" aria-hidden="true">
        Inbetween
      </span>
      <ul>
        {PAGES.map(({ path, title }) => (
          <li key={path}>
            <a href={hrefOf(path)} aria-current={path === current ? 'page' : undefined}>
              {t(title)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
