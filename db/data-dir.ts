/** What an error with a file of DATA_DIR means for the operator; undefined for any other error. */
export function explainDataDir(error: unknown, dataDir: string): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = '', path = '', syscall = '' } = error as NodeJS.ErrnoException;
  // A program that cannot be run has a path too.
  if (!path || syscall.startsWith('spawn')) return undefined;
  return new Error(`DATA_DIR: ${sentenceFor(code, error.message, dataDir, path)}`, { cause: error });
}

function sentenceFor(code: string, message: string, dataDir: string, path: string): string {
  const otherFolder = 'name a folder that this user may write';
  switch (code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return `${dataDir} is a file or lies under one; ${otherFolder}`;
    case 'EACCES':
    case 'EPERM':
      return `this user may not write ${path}; change its owner, or ${otherFolder}`;
    case 'EROFS':
      return `${path} lies on a file system that is read-only; ${otherFolder}`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `there is no space left for ${path}; make room, or name a folder on another disk`;
    default:
      return `${path} cannot be written (${message}); ${otherFolder}`;
  }
}
