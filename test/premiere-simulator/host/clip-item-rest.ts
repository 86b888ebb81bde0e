/** The members of ClipProjectItem that nothing in this project uses: typed, and failing loudly. */
import type { ClipProjectItem } from '@adobe/premierepro';
import { notModelled } from './adobe';
import { AnyItem } from './any-item';

const no = (member: keyof ClipProjectItem) => notModelled(`ClipProjectItem.${member}`);

export abstract class ClipItemRest extends AnyItem {
  readonly getInputLUTID = no('getInputLUTID');
  readonly createSetInputLUTIDAction = no('createSetInputLUTIDAction');
  readonly canProxy = no('canProxy');
  readonly getProxyPath = no('getProxyPath');
  readonly hasProxy = no('hasProxy');
  readonly attachProxy = no('attachProxy');
  readonly refreshMedia = no('refreshMedia');
  readonly createSetOfflineAction = no('createSetOfflineAction');
  readonly getFootageInterpretation = no('getFootageInterpretation');
  readonly createSetFootageInterpretationAction = no('createSetFootageInterpretationAction');
  readonly createSubClipAction = no('createSubClipAction');
  readonly getEmbeddedLUTID = no('getEmbeddedLUTID');
  readonly getContentType = no('getContentType');
  readonly getComponentChain = no('getComponentChain');
  readonly createSetInPointAction = no('createSetInPointAction');
  readonly createSetOverridePixelAspectRatioAction = no('createSetOverridePixelAspectRatioAction');
  readonly createSetOverrideFrameRateAction = no('createSetOverrideFrameRateAction');
  readonly createSetOutPointAction = no('createSetOutPointAction');
  readonly createClearInOutPointsAction = no('createClearInOutPointsAction');
  readonly getMedia = no('getMedia');
  readonly getOriginatingProjectPath = no('getOriginatingProjectPath');
}
