package dev.remit.platform.disk;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Keeps a folder to one process. The operating system releases it when the process ends, however
/// it ends, so a crash leaves nothing to clean up.
public final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Takes the lock `name` in the folder, or refuses with CONFLICT when another process or another
  /// part of this one holds it.
  public static FolderLock take(Path folder, String name) {
    return tryTake(folder, name)
        .orElseThrow(() ->
            new RemitException(
                ErrorCode.CONFLICT,
                folder.toAbsolutePath()
                    + " is in use by another Remit process; stop that one with `remit down`,"
                    + " or choose another folder with REMIT_FOLDER"));
  }

  /// As [#take], but empty when somebody else holds it.
  public static Optional<FolderLock> tryTake(Path folder, String name) {
    PrivateFiles.folder(folder);
    Path file = folder.resolve(name);
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = null;
      try {
        lock = channel.tryLock();
      } catch (OverlappingFileLockException heldByThisProcess) {
        // Same answer as for another process: somebody holds it.
      }
      if (lock == null) {
        channel.close();
        return Optional.empty();
      }
      return Optional.of(new FolderLock(channel));
    } catch (IOException failure) {
      throw new UncheckedIOException("could not lock " + file, failure);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("could not release a lock", failure);
    }
  }
}
