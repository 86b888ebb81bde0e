/** The sound of a sequence: a file the person chose once, kept by this browser. */
import { useCallback, useEffect, useState } from 'react';

const [DATABASE, STORE] = ['inbetween.review', 'sounds'];

export interface Sound {
  readonly name: string;
  readonly url: string;
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => void request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser keeps no files'));
  });
}

async function within<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((resolve, reject) => {
      const request = act(database.transaction(STORE, mode).objectStore(STORE));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('the browser kept no file'));
    });
  } finally {
    database.close();
  }
}

/** `choose(null)` takes it away. A browser that keeps no files has the sound as long as the page is open. */
export function useSound(sequenceId: string): {
  readonly sound: Sound | null;
  readonly choose: (file: File | null) => void;
} {
  const [file, setFile] = useState<File | null>(null);
  const [sound, setSound] = useState<Sound | null>(null);
  useEffect(() => {
    let left = false;
    setFile(null);
    within<unknown>('readonly', (store) => store.get(sequenceId)).then(
      (kept) => {
        if (!left && kept instanceof File) setFile(kept);
      },
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [sequenceId]);
  useEffect(() => {
    if (!file) {
      setSound(null);
      return undefined;
    }
    const url = URL.createObjectURL(file);
    setSound({ name: file.name, url });
    return () => URL.revokeObjectURL(url);
  }, [file]);
  const choose = useCallback(
    (chosen: File | null) => {
      setFile(chosen);
      const kept = chosen
        ? within<IDBValidKey>('readwrite', (store) => store.put(chosen, sequenceId))
        : within<undefined>('readwrite', (store) => store.delete(sequenceId));
      kept.catch(() => undefined);
    },
    [sequenceId],
  );
  return { sound, choose };
}
