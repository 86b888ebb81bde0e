/** Members of Sequence and SequenceSettings that nothing in this project uses: typed, and failing loudly. */
import type { Sequence, SequenceSettings } from '@adobe/premierepro';
import { notModelled } from './adobe';

const no = (member: keyof Sequence) => notModelled(`Sequence.${member}`);
const noSetting = (member: keyof SequenceSettings) => notModelled(`SequenceSettings.${member}`);

export abstract class SequenceRest {
  readonly getSequenceAudioTimeDisplayFormat = no('getSequenceAudioTimeDisplayFormat');
  readonly getCaptionTrack = no('getCaptionTrack');
  readonly createCloneAction = no('createCloneAction');
  readonly createSubsequence = no('createSubsequence');
  readonly isDoneAnalyzingForVideoEffects = no('isDoneAnalyzingForVideoEffects');
  readonly createSetInPointAction = no('createSetInPointAction');
  readonly createSetOutPointAction = no('createSetOutPointAction');
}

export abstract class SettingsRest {
  readonly getMaximumBitDepth = noSetting('getMaximumBitDepth');
  readonly setMaximumBitDepth = noSetting('setMaximumBitDepth');
  readonly getMaxRenderQuality = noSetting('getMaxRenderQuality');
  readonly setMaxRenderQuality = noSetting('setMaxRenderQuality');
  readonly getAudioChannelCount = noSetting('getAudioChannelCount');
  readonly getAudioChannelType = noSetting('getAudioChannelType');
  readonly getAudioDisplayFormat = noSetting('getAudioDisplayFormat');
  readonly setAudioDisplayFormat = noSetting('setAudioDisplayFormat');
  readonly getAudioSampleRate = noSetting('getAudioSampleRate');
  readonly setAudioSampleRate = noSetting('setAudioSampleRate');
  readonly setVideoFieldType = noSetting('setVideoFieldType');
  readonly setVideoPixelAspectRatio = noSetting('setVideoPixelAspectRatio');
  readonly getCompositeInLinearColor = noSetting('getCompositeInLinearColor');
  readonly setCompositeInLinearColor = noSetting('setCompositeInLinearColor');
  readonly getEditingMode = noSetting('getEditingMode');
  readonly setEditingMode = noSetting('setEditingMode');
  readonly getPreviewFileFormat = noSetting('getPreviewFileFormat');
  readonly setPreviewFileFormat = noSetting('setPreviewFileFormat');
  readonly getPreviewCodec = noSetting('getPreviewCodec');
  readonly setPreviewCodec = noSetting('setPreviewCodec');
  readonly getPreviewFrameRect = noSetting('getPreviewFrameRect');
  readonly setPreviewFrameRect = noSetting('setPreviewFrameRect');
}
