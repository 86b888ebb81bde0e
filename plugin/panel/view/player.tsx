/** Plays a take in the panel: its small clip where this UXP has a video element, else its pictures one after the other. */
import { useEffect, useState, type ReactElement } from 'react';
import { takePicture } from '../state/rows';
import type { TakeView } from '../state/takes';
import { useDesk } from './context';
import { Picture } from './picture';

/** Milliseconds a picture of the strip stays. */
const STEP_MS = 500;

/** A URL for bytes, and what frees it; null where this runtime has no object URLs or no video. */
function videoUrl(bytes: Uint8Array): { readonly url: string; readonly free: () => void } | null {
  const video = document.createElement('video');
  if (typeof video.play !== 'function' || typeof URL !== 'function' || typeof URL.createObjectURL !== 'function')
    return null;
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'video/mp4' }));
  return { url, free: () => URL.revokeObjectURL(url) };
}

export function Player({ take, label }: { readonly take: TakeView; readonly label: string }): ReactElement {
  const desk = useDesk();
  const [url, setUrl] = useState<string | null>(null);
  const [step, setStep] = useState(0);
  useEffect(() => {
    if (!take.playable) return undefined;
    let free = (): void => undefined;
    let over = false;
    void desk.clip(take.jobId).then((bytes) => {
      const made = bytes && !over ? videoUrl(bytes) : null;
      if (!made) return;
      free = made.free;
      setUrl(made.url);
    });
    return () => {
      over = true;
      free();
    };
  }, [desk, take.jobId, take.playable]);
  useEffect(() => {
    if (url !== null || take.pictures < 2) return undefined;
    const timer = setInterval(() => setStep((n) => (n + 1) % take.pictures), STEP_MS);
    return () => clearInterval(timer);
  }, [url, take.pictures]);
  if (url === null) return <Picture className="player" keys={[takePicture(take.jobId, step)]} alt={label} />;
  return <video className="player" src={url} autoPlay loop muted aria-label={label} />;
}
