/** Settings by name, as text. Changed within transactions. */
import { z } from 'zod';
import type { Sql } from './sql';

const zValue = z.object({ value: z.string() });

export class SettingTable {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  get(name: string): string | undefined {
    const [row] = this.#sql.all('SELECT value FROM settings WHERE name = ?', [name]);
    return row === undefined ? undefined : zValue.parse(row).value;
  }

  set(name: string, value: string): void {
    this.#sql.run(
      'INSERT INTO settings (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      [name, value],
    );
  }

  forget(name: string): void {
    this.#sql.run('DELETE FROM settings WHERE name = ?', [name]);
  }
}
