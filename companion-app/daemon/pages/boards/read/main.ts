/** The reading process: one storyboard's folder, then an end. Decoding and PDFs would hold up the daemon; here they may even crash. */
import sharp from 'sharp';
import { writeWhole } from '../../../../queue/files';
import { readingFile } from '../reading';
import { prepare } from './prepare';

const [folder] = process.argv.slice(2);

if (process.send && folder !== undefined) {
  sharp.cache(false);
  process.on('disconnect', () => process.exit(1));
  void prepare(folder)
    .then((reading) => writeWhole(readingFile(folder), JSON.stringify(reading)))
    .then(
      () => process.exit(0),
      () => process.exit(1),
    );
} else {
  process.stderr.write('This program is started by the Inbetween companion.\n');
  process.exitCode = 2;
}
