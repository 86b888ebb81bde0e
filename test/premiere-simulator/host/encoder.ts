/** The encoder manager: its events alone. [I] An export to a file tells its progress by them as one in Media Encoder does. */
import type { EncoderManager, EncoderManagerStatic } from '@adobe/premierepro';
import { arity, notModelled } from './adobe';
import { RAW } from './constants';

const event = RAW.EncoderEvent;

class SimEncoderManager implements EncoderManager {
  readonly isAMEInstalled = true;
  readonly exportSequence = notModelled('EncoderManager.exportSequence');
  readonly encodeProjectItem = notModelled('EncoderManager.encodeProjectItem');
  readonly encodeFile = notModelled('EncoderManager.encodeFile');
  readonly startBatchEncode = notModelled('EncoderManager.startBatchEncode');
  readonly setSidecarXMPEnabled = notModelled('EncoderManager.setSidecarXMPEnabled');
  readonly setEmbeddedXMPEnabled = notModelled('EncoderManager.setEmbeddedXMPEnabled');
  readonly launchEncoder = notModelled('EncoderManager.launchEncoder');
}

/** What events of any encoder manager are about: there is one encoder. */
export const ENCODER = new SimEncoderManager();

/** [I] A fresh wrapper at every call, as with everything else of the host. */
export const EncoderManagers: EncoderManagerStatic = {
  getManager: (...args) => {
    arity(args, 0);
    return new SimEncoderManager();
  },
  getExportFileExtension: notModelled('EncoderManager.getExportFileExtension'),
  EXPORT_QUEUE_TO_AME: RAW.ExportType.QUEUE_TO_AME,
  EXPORT_QUEUE_TO_APP: RAW.ExportType.QUEUE_TO_APP,
  EXPORT_IMMEDIATELY: RAW.ExportType.IMMEDIATELY,
  EVENT_RENDER_COMPLETE: event.RENDER_COMPLETE,
  EVENT_RENDER_ERROR: event.RENDER_ERROR,
  EVENT_RENDER_CANCEL: event.RENDER_CANCEL,
  EVENT_RENDER_QUEUE: event.RENDER_QUEUE,
  EVENT_RENDER_PROGRESS: event.RENDER_PROGRESS,
};

export const isEncoder = (target: object): boolean => target instanceof SimEncoderManager;
