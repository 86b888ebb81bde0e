/** Imported before any schema is made: they are read without building code from text, which the content security policy forbids. */
import { z } from 'zod';

z.config({ jitless: true });
