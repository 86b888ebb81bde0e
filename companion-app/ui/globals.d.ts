/** Put in by the build. */
declare const INBETWEEN_VERSION: string;
