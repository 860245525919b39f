package dev.remit.platform.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/// Reads and writes files that hold secrets: mode 0600 in folders of mode 0700, written whole.
///
/// Failures of the disk are `UncheckedIOException`s that name the path.
public final class PrivateFiles {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> FILE_MODE =
      PosixFilePermissions.asFileAttribute(OWNER_ONLY);
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /// 192 random bits: out of reach of guessing whatever hash protects it.
  private static final int PASSWORD_BYTES = 24;

  private PrivateFiles() {}

  /// Makes the folder and its parents; those made here are open to the owner only.
  public static Path folder(Path folder) {
    try {
      return Files.createDirectories(folder, FOLDER_MODE);
    } catch (FileAlreadyExistsException failure) {
      throw new UncheckedIOException(folder + " is not a folder", failure);
    } catch (IOException failure) {
      throw new UncheckedIOException("could not make the folder " + folder, failure);
    }
  }

  /// Replaces the file by the contents. When this returns, the new contents are on disk; a crash
  /// before that leaves the old ones.
  public static void write(Path file, byte[] contents) {
    Path parent = folder(file.toAbsolutePath().resolveSibling(""));
    Path fresh = parent.resolve(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      try (FileChannel channel =
          FileChannel.open(
              fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE_MODE)) {
        ByteBuffer buffer = ByteBuffer.wrap(contents);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forceFolder(parent);
    } catch (IOException failure) {
      throw new UncheckedIOException("could not write " + file, failure);
    }
  }

  /// As [#write(Path, byte[])], in UTF-8.
  public static void write(Path file, String contents) {
    write(file, contents.getBytes(StandardCharsets.UTF_8));
  }

  /// Contents of a secret file. One that others may read is refused, so that a wrong mode is
  /// noticed before it does harm.
  public static byte[] read(Path file) {
    try {
      Set<PosixFilePermission> mode =
          Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
      if (!OWNER_ONLY.containsAll(mode)) {
        throw new IOException(
            file + " may be read by others; make it private with: chmod 600 " + file);
      }
      return Files.readAllBytes(file);
    } catch (IOException failure) {
      throw new UncheckedIOException("could not read " + file, failure);
    }
  }

  /// The secret in the file, without surrounding white space; a fresh random one is written first
  /// when there is no file.
  public static String password(Path file, SecureRandom random) {
    if (!Files.exists(file)) {
      byte[] bytes = new byte[PASSWORD_BYTES];
      random.nextBytes(bytes);
      write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n");
    }
    return new String(read(file), StandardCharsets.UTF_8).strip();
  }

  /// A rename is durable once its folder is; Linux and macOS let a folder be opened and forced.
  private static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
