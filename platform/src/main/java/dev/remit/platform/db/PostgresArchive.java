package dev.remit.platform.db;

import dev.remit.platform.disk.Folders;
import dev.remit.platform.disk.PrivateFiles;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.ArchUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// The PostgreSQL programs as `io.zonky.test.postgres` packs them for each platform.
final class PostgresArchive {
  private static final int OWNER_EXECUTES = 0100;

  private PostgresArchive() {}

  /// Unpacks this platform's archive below the folder, once per content, and returns its home. A
  /// folder that a crash left half unpacked never gets the final name.
  static Path unpack(Path folder) {
    try {
      byte[] archive = read();
      Path home = folder.resolve(digest(archive).substring(0, 16));
      if (!Files.exists(home)) {
        PrivateFiles.folder(folder);
        Path fresh = folder.resolve(home.getFileName() + ".new");
        Folders.delete(fresh);
        extract(archive, fresh);
        Files.move(fresh, home);
      }
      return home;
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "could not unpack the embedded PostgreSQL into " + folder, failure);
    }
  }

  private static byte[] read() throws IOException {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String platform = system.contains("mac") ? "Darwin" : "Linux";
    String machine = ArchUtils.normalize(System.getProperty("os.arch"));
    try (InputStream archive =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(platform, machine)) {
      return archive.readAllBytes();
    }
  }

  private static void extract(byte[] archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("the archive leaves its folder at " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Files.createDirectories(path.resolveSibling(""));
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, path);
          boolean program = (entry.getMode() & OWNER_EXECUTES) != 0;
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  private static String digest(byte[] archive) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
    } catch (NoSuchAlgorithmException failure) {
      throw new IllegalStateException("every Java has SHA-256", failure);
    }
  }
}
