/** A value that has stayed the same for a moment. */
import { useEffect, useState } from 'react';

/** `value` (compared as JSON) once it has been the same for `ms` milliseconds; the one before until then. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  const key = JSON.stringify(value);
  useEffect(() => {
    if (key === JSON.stringify(settled)) return undefined;
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [key, ms]);
  return settled;
}
