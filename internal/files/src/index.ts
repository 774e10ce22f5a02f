export { makeFolder, syncParents } from './make-folder';
export type { FileError, FileStat, NodeFiles, Paths, RemoveOptions, WritableFile } from './node-files';
export { syncFolder } from './sync-folder';
export { syncHandle } from './sync-handle';
export { abandonedLocks, FolderInUseError, type FolderLockOptions, withFolderLock } from './with-folder-lock';
export {
  removeAbandoned,
  removeLeftovers,
  type StagedFile,
  stageFile,
  stagingWriterOf,
  writeFile,
} from './write-file';
export { hasEnded, isLeft, isRunning, writerName } from './writer-name';
