export { makeBurnIn, type BurnIn } from './burn-in/burn-in';
export { boardPicture } from './board/board-picture';
export { boardShape } from './board/board-shape';
export { isLayered } from './board/sniff';
export { decodeBoard, type DecodeOptions } from './board/decode-board';
export { type LayeredPicture, type PictureLayer } from './board/decode-psd';
export { layIn, withinPixels } from './board/fit';
export { BOARD_LIMITS } from './board/limits';
export { assertEncodable, clipSize, CODECS, FRAME_LIMITS, type Codec } from './codecs';
export { encodeClip, type ClipOrder, type EncodeOptions } from './encode';
export { locateFfmpeg, type FfmpegLocation } from './ffmpeg-location';
export { type Making } from './making';
export { PAPER_WHITE, type Colour, type Picture } from './picture';
export { readXmp } from './provenance/boxes';
export { enginesOf, sourceTypeOf, type SourceType } from './provenance/source-type';
export { sourceTypeIn } from './provenance/xmp';
export { probeClip, readMaking, type ClipFacts } from './probe';
export { grabFrames, keyFrames, writeThumbnail, type ClipView, type GrabOptions } from './grab';
export {
  writeAnimatic,
  type AnimaticEntry,
  type AnimaticOptions,
  type AnimaticOrder,
  type AnimaticResult,
} from './animatic';
export { type Sound } from './sound-mix';
export { layerBoard, type LayeredBoard, type LayerFile } from './flatten';
export { lookSize, lookThrough, proxySize, type LookOrder } from './look-through';
export { fileError } from './media-error';
