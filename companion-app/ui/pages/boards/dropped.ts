/** Files out of what the browser hands over: a drop with folders in it, or the two choosers. */
import { STORYBOARD_LIMITS } from '../../../../shared/protocol';
import type { Picked } from './pick';

/** Files of a chooser; a chosen folder's with their place in it. */
export const ofChooser = (files: FileList): Picked<File>[] =>
  [...files].map((file) => ({ place: file.webkitRelativePath || file.name, file }));

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((done, fail) => {
    entry.file(done, fail);
  });

/** All entries of a folder: the browser gives them a hundred at a time. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, fail) => {
      reader.readEntries(done, fail);
    });
    if (some.length === 0) return found;
    found.push(...some);
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

async function walk(entry: FileSystemEntry, found: Picked<File>[]): Promise<void> {
  // One more than is allowed is enough to say so.
  if (found.length > STORYBOARD_LIMITS.files) return;
  if (isFile(entry)) found.push({ place: entry.fullPath.replace(/^\/+/, ''), file: await fileOf(entry) });
  else if (isFolder(entry)) for (const each of await entriesOf(entry)) await walk(each, found);
}

/** Files and folders of a drop. Has to be called in the event itself: the browser takes the drop away afterwards. */
export function ofDrop(transfer: DataTransfer): Promise<Picked<File>[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const plain = [...transfer.files];
  return (async () => {
    const found: Picked<File>[] = [];
    for (const entry of entries) await walk(entry, found);
    return found.length > 0 ? found : plain.map((file) => ({ place: file.name, file }));
  })();
}
