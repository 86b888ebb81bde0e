/** Plays the cut: by the clip's own clock where there is one, by the wall clock where pictures stand in or time runs backwards. */
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import type { CutShot } from '../cut/cut';
import { carried, frameAt, pressed, secondsAt, type Place, type Speed } from '../cut/transport';

/** The fastest a browser's player goes. */
const FASTEST_PLAYER = 8;
/** Sound keeps up with no more than this; faster it falls silent. */
const FASTEST_SOUND = 2;
/** Seconds that picture and sound may be apart. */
const APART = 0.12;

export interface Transport {
  readonly index: number;
  readonly frame: number;
  readonly speed: Speed;
  readonly press: (key: 'j' | 'k' | 'l' | 'space') => void;
  /** To a shot's frame, 0 unless given. Goes on as before. */
  readonly goTo: (index: number, frame?: number) => void;
  /** Takes the player of the clip that is shown now. */
  readonly attach: (video: HTMLVideoElement | null) => void;
  /** Stands, so many frames on. */
  readonly step: (frames: number) => void;
}

export interface Stage {
  /** The player of the current shot's clip; null where pictures stand in. */
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly sound: RefObject<HTMLAudioElement | null>;
  /** The current clip is still on its way: time waits for it. */
  readonly loading: boolean;
}

export function useTransport(shots: readonly CutShot[], { video, sound, loading }: Stage, start: number): Transport {
  const [index, setIndex] = useState(start);
  const [frame, setFrame] = useState(0);
  const [speed, setSpeed] = useState<Speed>(0);
  const place = useRef<Place>({ index: start, seconds: 0 });
  const now = useRef({ shots, loading, speed });
  now.current = { shots, loading, speed };

  const show = useCallback((to: Place) => {
    place.current = to;
    const shot = now.current.shots[to.index];
    setIndex(to.index);
    setFrame(shot ? frameAt(to.seconds, shot.seconds, shot.frames) : 0);
  }, []);
  const goTo = useCallback(
    (to: number, atFrame = 0) => {
      const shot = now.current.shots[to];
      if (!shot) return;
      const within = Math.max(0, Math.min(shot.frames - 1, atFrame));
      show({ index: to, seconds: secondsAt(within, shot.seconds, shot.frames) });
      if (video.current) video.current.currentTime = place.current.seconds;
    },
    [show, video],
  );
  const stand = useCallback(() => {
    setSpeed(0);
    video.current?.pause();
    sound.current?.pause();
  }, [video, sound]);
  const press = useCallback(
    (key: 'j' | 'k' | 'l' | 'space') => {
      const next = pressed(now.current.speed, key);
      if (next === 0) stand();
      const { shots: all } = now.current;
      const last = all.length - 1;
      const shot = all[last];
      // At the end of the cut, playing begins anew.
      const ended =
        shot &&
        place.current.index === last &&
        frameAt(place.current.seconds, shot.seconds, shot.frames) === shot.frames - 1;
      if (next > 0 && now.current.speed === 0 && ended) goTo(0);
      setSpeed(next);
    },
    [stand, goTo],
  );
  const step = useCallback(
    (frames: number) => {
      stand();
      const { index: at, seconds } = place.current;
      const shot = now.current.shots[at];
      if (shot) goTo(at, frameAt(seconds, shot.seconds, shot.frames) + frames);
    },
    [stand, goTo],
  );

  useEffect(() => {
    if (speed === 0) return undefined;
    let last = performance.now();
    let next = 0;
    const tick = (at: number): void => {
      next = requestAnimationFrame(tick);
      const passed = Math.min(0.25, Math.max(0, at - last) / 1000);
      last = at;
      if (now.current.loading) return;
      const { index: here, seconds } = place.current;
      const shot = now.current.shots[here];
      if (!shot) return;
      const moved = advance(video.current, { seconds, speed, passed, length: shot.seconds });
      if (moved === null) return;
      const to = carried(
        { index: here, seconds: moved },
        now.current.shots.map((each) => each.seconds),
      );
      if (!to) {
        stand();
        goTo(here, speed > 0 ? shot.frames - 1 : 0);
        return;
      }
      show(to);
      follow(sound.current, { at: shot.begins + moved, speed });
    };
    next = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(next);
  }, [speed, video, sound, show, goTo, stand]);

  // A clip that has just come shows the frame that is due.
  const attach = useCallback(
    (player: HTMLVideoElement | null) => {
      video.current?.pause();
      video.current = player;
      if (player) player.currentTime = place.current.seconds;
    },
    [video],
  );

  return { index, frame, speed, press, goTo, step, attach };
}

interface Moving {
  readonly seconds: number;
  readonly speed: Speed;
  /** Seconds since the last look. */
  readonly passed: number;
  readonly length: number;
}

/** The new place in the shot, or null while the player is not ready. */
function advance(video: HTMLVideoElement | null, { seconds, speed, passed, length }: Moving): number | null {
  if (!video) return seconds + speed * passed;
  if (speed < 0) {
    video.pause();
    const back = seconds + speed * passed;
    video.currentTime = Math.max(0, back);
    return back;
  }
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
  video.playbackRate = Math.min(FASTEST_PLAYER, speed);
  if (video.ended) return length;
  if (video.paused) void video.play().catch(() => undefined); // asked again at the next look
  return video.currentTime;
}

function follow(sound: HTMLAudioElement | null, { at, speed }: { at: number; speed: Speed }): void {
  if (!sound) return;
  if (speed <= 0 || speed > FASTEST_SOUND || at >= (sound.duration || 0)) {
    sound.pause();
    return;
  }
  sound.playbackRate = speed;
  if (Math.abs(sound.currentTime - at) > APART * speed) sound.currentTime = at;
  if (sound.paused) void sound.play().catch(() => undefined); // a browser may want a key or click first
}
